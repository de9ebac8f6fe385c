import * as z from 'zod';
import type { VendorAccess } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import { call, failureOf } from './graph-call.ts';

const Named = z.object({ name: z.string().min(1) });
const App = z.object({ id: z.string().optional().catch(undefined), subscribed_fields: z.array(z.unknown()).catch([]) });
const Apps = z.object({ data: z.array(App) });

/** The name of a page; `null` where Meta gives it none. Throws as `Hydration.read` does. */
export const pageName = async (page: string, api: VendorAccess): Promise<string | null> =>
  Named.safeParse(await asked(page, ['name'], api)).data?.name ?? null;

/** Whether Meta sends the page's leads to an app. */
export const sendsLeads = async (page: string, api: VendorAccess): Promise<boolean> =>
  (await appsWithLeads(page, api)).length > 0;

/** The apps that Meta sends the page's leads to, with their ids where it says them (https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps). */
export async function appsWithLeads(page: string, api: VendorAccess): Promise<{ id?: string | undefined }[]> {
  const { data } = Apps.safeParse(await asked(`${page}/subscribed_apps`, ['subscribed_fields'], api));
  return data?.data.filter(({ subscribed_fields }) => subscribed_fields.includes('leadgen')) ?? [];
}

/** What the Graph API says of a page or an app. Throws as `Hydration.read` does. */
export async function asked(path: string, fields: string[], api: VendorAccess): Promise<unknown> {
  try {
    return jsonIn(await call(path, { fields: fields.join(',') }, api));
  } catch (error) {
    throw failureOf(error);
  }
}
