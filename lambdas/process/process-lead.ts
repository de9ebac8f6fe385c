import type { Channel } from '../core/channel.ts';
import type { EnrichedLead, Lead } from '../core/lead.ts';
import type { OwnerMessage } from '../core/owner-message.ts';
import { isSynthetic } from '../core/synthetic.ts';
import type { Processed } from './processed.ts';
import { mentionOf } from './know-owner.ts';
import { enrichedOf } from './look-up.ts';
import { tellOrGather } from './gather.ts';
import { type AgainPorts, type Known, processAgain } from './process-again.ts';
import type { Told } from './tell.ts';
import { waitOn } from './wait-on.ts';

export interface ProcessPorts extends AgainPorts {
  channels: Channel[];
  /** The lead and what was told of it, `undefined` where there is no such lead. */
  leadOf: (message: OwnerMessage) => Promise<Known | undefined>;
  /** Notes that nobody wants to be told of the lead. */
  markSilent: (lead: Lead) => Promise<unknown>;
  /** Counts a lead as what it is now. */
  count: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<unknown>;
  /** Whether nothing shall be left of a lead. */
  isErased: (message: OwnerMessage) => Promise<boolean>;
}

/** When the wait is over: look the owner up, keep the enriched lead, tell each channel once. Then the lead counts as what it is now, also if all that was done by a try that died before. */
export async function processLead(message: OwnerMessage, ports: ProcessPorts): Promise<Processed> {
  const result = await enrichAndTell(message, ports);
  if (result.outcome !== 'early' && result.outcome !== 'erased') await ports.count(message);
  return result;
}

async function enrichAndTell(message: OwnerMessage, ports: ProcessPorts): Promise<Processed> {
  if (Date.parse(message.notBefore) > ports.now()) {
    await ports.sendAgain(message);
    return { outcome: 'early', ...(message.since && { overdue: secondsSince(message.since, ports) }) };
  }
  const known = await ports.leadOf(message);
  if (!known && (await ports.isErased(message))) return { outcome: 'erased' };
  if (!known) throw new Error('the lead is not in the table');
  const { again, ...ordinary } = message;
  if (again) {
    const isOpen = (known.lead.toldAt ?? known.lead.silentAt) === undefined;
    if (!isOpen) return processAgain(message, again, known, ports);
    // It is told when its wait is over, by this message as well as by its own.
    if (again.how === 'quiet') return { outcome: 'repeat', reason: 'the lead is in its wait' };
    if (Date.parse(known.lead.dueAt) > ports.now())
      return enrichAndTell({ ...ordinary, notBefore: known.lead.dueAt }, ports);
  }
  if (known.lead.toldAt ?? known.lead.silentAt) return { outcome: 'repeat' };
  const enriched = await enrichedOf(known.lead, message.since, ports);
  if ('wait' in enriched) return waitOn(message, Date.parse(known.lead.dueAt), [enriched.wait], ports);
  const whySilent = silenceOf(known.lead, enriched, ports);
  if (whySilent !== undefined) {
    await ports.markSilent(known.lead);
    return { outcome: 'silent', reason: whySilent };
  }
  return tellAll(message, known, enriched, ports);
}

/** Why nobody is told of a lead. */
function silenceOf(
  { tenant, lead_id, isQuiet }: Lead,
  { category }: EnrichedLead,
  { alertsFor }: ProcessPorts,
): string | undefined {
  if (isSynthetic(lead_id)) return 'the doctor made it up';
  if (isQuiet) return 'it was fetched to be told to nobody';
  return alertsFor(tenant).includes(category) ? undefined : `nobody is told of leads that are ${category}`;
}

/** Every channel by itself: one that fails holds no other back. */
async function tellAll(
  message: OwnerMessage,
  { lead, channels }: Known,
  enriched: EnrichedLead,
  ports: ProcessPorts,
): Promise<Processed> {
  const [mention, dashboard] = await Promise.all([mentionOf(enriched, ports), ports.dashboard()]);
  const alert = () => ports.alertOf(enriched, lead, { mention, dashboard });
  const results = await Promise.allSettled(
    ports.channels.map((channel) => {
      const record = channels.find((known) => known.channel === channel.id);
      const told = {
        alert,
        lead: enriched,
        slot: message.slots?.[channel.id],
        isBulk: lead.isBulk ?? false,
        isLate: lead.lateSince !== undefined,
      };
      return tellOrGather(channel, told, record, ports);
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const told = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refused = told.filter(({ state }) => state === 'refused').map(({ channel }) => channel);
  const settled = await settle(message, lead, told, ports);
  return { ...settled, owner: enriched.lead_owner, refused, isTest: lead.isTest };
}

async function settle(message: OwnerMessage, lead: Lead, told: Told[], ports: ProcessPorts): Promise<Processed> {
  const waits = told.filter((result) => result.state === 'waiting');
  if (waits.length > 0) return waitOn(message, Date.parse(lead.dueAt), waits, ports);
  const refused = told.filter((result) => result.state === 'refused');
  const reason = refused.map(({ channel, reason: why }) => `${channel}: ${why}`).join('; ');
  if (refused.length > 0 && refused.length === told.length) {
    await ports.giveUp(message, reason);
    return { outcome: 'gave_up', reason };
  }
  // The digest notes it for each of its leads once it was told.
  if (told.some(({ state }) => state === 'digest')) return { outcome: 'gathered', ...(reason && { reason }) };
  await ports.markTold(lead);
  return { outcome: 'told', ...(reason && { reason }) };
}

const secondsSince = (time: string, { now }: ProcessPorts) => Math.round((now() - Date.parse(time)) / 1000);
