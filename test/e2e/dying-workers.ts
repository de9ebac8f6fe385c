import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { atRest, deadLetters } from './alerts.ts';
import type { EditableTemplate } from './assembly.ts';
import type { LocalRun } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
import { hideFor } from './template-parts.ts';
import { until } from './until.ts';

/** A message whose worker died comes back when it is no longer hidden; so long a lease must be over by then. */
export const comesBackSoon = (template: EditableTemplate) => {
  hideFor(template, 'CaptureQueue', 8);
  hideFor(template, 'OwnerQueue', 8);
  hideFor(template, 'BulkQueue', 8);
};

/**
 * Sends one delivery of so many leads over two pages and kills workers meanwhile: after a reading or a sending of slices, after
 * the reading, the lead, the message or the record of a single lead. Says what came of it when everything is at rest.
 */
export async function sendWithDyingWorkers(
  run: LocalRun,
  { leads: count, crashes }: { leads: number; crashes: number },
) {
  const pages = [pageOf(run, 'north'), pageOf(run, 'south')];
  const leads = Array.from({ length: count }, (_, index) => metaLead(pages[index % 2] ?? ''));
  for (const lead of leads) await atGraph(run, lead);
  const body = deliveryOf(leads);
  const delivery = `meta_event_${createHash('sha256').update(body).digest('hex')}`;
  const { status } = await postDelivery(run, body);
  const deathsSoFar = () => run.functionLog().match(/Runtime\.ExitError/g)?.length ?? 0;
  for (let crash = 1; crash <= crashes; crash += 1) {
    const lead = leads[(crash * 7) % count]?.id ?? '';
    await run.crash(crash % 2 === 0 ? delivery : lead, 1 + (crash % 7));
    await sleep(300);
  }
  const isDone = async () => {
    const outcomes = await run.outcomes();
    const done = new Set(outcomes.filter(({ outcome }) => outcome === 'done').map(({ lead_id }) => lead_id));
    return done.size >= count;
  };
  await until('all captured', isDone, 400);
  await atRest(run, 400);
  const messages = (await run.inbox()).filter(({ channel }) => channel === 'slack' || channel === 'email');
  const heard = new Set(messages.map(({ channel, lead_id }) => `${channel} ${lead_id}`));
  return {
    status,
    deaths: deathsSoFar(),
    missing: 2 * count - heard.size,
    repeated: messages.length - heard.size,
    deadLetters: (await deadLetters(run, 'Capture')) + (await deadLetters(run, 'Owner')),
  };
}
