import * as z from 'zod';
import type { VendorApi } from '../../core/hydration.ts';
import { jsonIn } from '../../core/json.ts';
import { failureOf, get } from './graph.ts';

/** How the Graph API is asked about a page. */
export type PageApi = Pick<VendorApi, 'fetch' | 'baseUrl' | 'token' | 'appSecret'>;

const Named = z.object({ name: z.string().min(1) });
const Apps = z.object({ data: z.array(z.object({ subscribed_fields: z.array(z.unknown()).catch([]) })) });

/** The name of a page; `null` where Meta gives it none. Throws as `Hydration.read` does. */
export const pageName = async (page: string, api: PageApi): Promise<string | null> =>
  Named.safeParse(await asked(page, ['name'], api)).data?.name ?? null;

/** Whether Meta sends the page's leads to an app (https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps). */
export async function sendsLeads(page: string, api: PageApi): Promise<boolean> {
  const { data } = Apps.safeParse(await asked(`${page}/subscribed_apps`, ['subscribed_fields'], api));
  return data?.data.some(({ subscribed_fields }) => subscribed_fields.includes('leadgen')) ?? false;
}

async function asked(path: string, fields: string[], api: PageApi): Promise<unknown> {
  try {
    return jsonIn(await get(path, fields, { ...api, fields: [], remembered: (_, read) => read() }));
  } catch (error) {
    throw failureOf(error);
  }
}
