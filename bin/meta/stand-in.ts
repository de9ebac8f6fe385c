import { CommandError } from '../command.ts';
import { reach } from '../reach.ts';
import type { MetaLead } from './leads.ts';

/** Makes a lead, and the name of its form, known to the stand-in for the Graph API. */
export async function tellStandIn(graphUrl: string, { id, record, form }: MetaLead): Promise<void> {
  await put(`${graphUrl}/${form.id}`, { id: form.id, name: form.name });
  await put(`${graphUrl}/${id}`, record);
}

async function put(url: string, json: object): Promise<void> {
  const request = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json }) };
  const { ok, status } = await reach(url, request, 'The stand-in for the Graph API does not answer');
  if (!ok) throw new CommandError(`The stand-in for the Graph API does not take a lead (${status}).`);
}
