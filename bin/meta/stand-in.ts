import { setAnswer } from '../stand-in.ts';
import type { MetaLead } from './leads.ts';

/** Makes a lead, and the name of its form, known to the stand-in for the Graph API. */
export async function tellStandIn(graphUrl: string, { id, record, form }: MetaLead): Promise<void> {
  await setAnswer('the Graph API', `${graphUrl}/${form.id}`, { id: form.id, name: form.name });
  await setAnswer('the Graph API', `${graphUrl}/${id}`, record);
}
