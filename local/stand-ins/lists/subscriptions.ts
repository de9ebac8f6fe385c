import type { Asked } from './asked.ts';
import { jsonIn } from '../../console/read-json.ts';
import { type ListPorts, ok, type Said } from './list-ports.ts';

export interface SubscriptionPorts extends ListPorts {
  /** What is answered at this path, where somebody set it. */
  read(vendor: Asked['vendor'], path: string): Said | undefined;
  write(vendor: Asked['vendor'], path: string, json: unknown): void;
  /** Without a slash at its end. */
  publicUrl: () => string;
}

type Listed = { data: Record<string, unknown>[] };

/** What a list holds that can be changed; an answer of another kind is a person's, and stays. */
const listIn = (said: Said | undefined): Listed | undefined => {
  const data = said?.status === 200 ? (said.json as Partial<Listed> | null)?.data : undefined;
  return Array.isArray(data) ? { ...(said?.json as object), data } : undefined;
};

const app = { id: '1055501234567890', name: 'Lead Relay' };

/** The apps that Meta sends a page's leads to: from the start on ours, where the page is somebody's (https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps). */
export function subscribedApps(
  page: string,
  { method, path, query }: Asked,
  ports: SubscriptionPorts,
): Said | undefined {
  const set = ports.read('graph', path);
  if (set && method === 'GET') return undefined;
  const list = listIn(set) ?? (!set && ports.accounts.has('graph', page) ? appsWith([], 'leadgen') : undefined);
  if (!list || method === 'GET') return list && ok(list);
  if (method !== 'POST') return undefined;
  const fields = (query.get('subscribed_fields') ?? '').split(',');
  ports.write('graph', path, appsWith(list.data, ...fields));
  return ok({ success: true });
}

const appsWith = (data: Listed['data'], ...fields: string[]): Listed => ({
  data: [...data.filter(({ id }) => id !== app.id), { ...app, subscribed_fields: fields }],
});

/** The webhooks of Close: from the start on one that posts to us (https://developer.close.com/resources/webhook-subscriptions). */
export function webhooks({ method, path, body }: Asked, ports: SubscriptionPorts): Said | undefined {
  const set = ports.read('close', 'webhook');
  const list = listIn(set) ?? (set ? undefined : { data: [ours(ports.publicUrl())] });
  if (!list) return undefined;
  if (path === 'webhook') return !set && method === 'GET' ? ok({ has_more: false, ...list }) : undefined;
  const found = list.data.find(({ id }) => path === `webhook/${String(id)}`);
  if (!found || (method !== 'GET' && method !== 'PUT')) return undefined;
  if (method === 'GET') return ok(found);
  const changed = { ...found, ...(jsonIn(body) as object | undefined) };
  ports.write('close', 'webhook', { ...list, data: list.data.map((one) => (one === found ? changed : one)) });
  return ok(changed);
}

const ours = (publicUrl: string): Record<string, unknown> => ({
  id: 'whsub_local',
  url: `${publicUrl}/webhooks/close`,
  status: 'active',
  events: ['created', 'updated', 'deleted', 'merged'].map((action) => ({ object_type: 'lead', action })),
  verify_ssl: true,
});
