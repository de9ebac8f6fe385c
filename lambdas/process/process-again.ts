import type { Again } from '../core/again.ts';
import type { Alert } from '../core/alert.ts';
import type { Category } from '../core/category.ts';
import type { Channel, ChannelRecord } from '../core/channel.ts';
import type { EnrichedLead, Lead } from '../core/lead.ts';
import type { OwnerMessage } from '../core/owner-message.ts';
import type { GatherPorts } from './gather.ts';
import { mentionOf } from './know-owner.ts';
import { enrichedOf, type LookUpPorts } from './look-up.ts';
import type { Processed } from './processed.ts';
import { tell } from './tell.ts';
import { waitOn, type WaitPorts } from './wait-on.ts';

/** A lead and what was told of it. */
export interface Known {
  lead: Lead;
  channels: ChannelRecord[];
}

/** What an alert says beside the lead, where it is known: the Slack member id of the user who owns it, and where the dashboard is. */
export interface AlertKnown {
  mention: string | undefined;
  dashboard: string | undefined;
}

export interface AgainPorts extends GatherPorts, LookUpPorts, WaitPorts {
  channels: Channel[];
  alertOf: (enriched: EnrichedLead, lead: Lead, known: AlertKnown) => Alert;
  /** Where people find the dashboard; `undefined` where there is none, or nobody said where (yet). */
  dashboard: () => Promise<string | undefined>;
  /** The categories that the tenant wants to be told of. */
  alertsFor: (tenant: string) => readonly Category[];
  markTold: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<unknown>;
  /** Whether the lead was enriched at any time, which goes before it is told. */
  isInTarget: (lead: Lead) => Promise<boolean>;
  /** Lists for whoever asked for the job that people may never have been told of a lead. */
  noteUntold: (again: Again, lead: Lead) => Promise<void>;
}

/** A lead that came to its end, once more: looked up, enriched and kept anew, and told by itself on each channel once for each job, where that is asked for. */
export async function processAgain(
  message: OwnerMessage,
  again: Again,
  { lead, channels }: Known,
  given: AgainPorts,
): Promise<Processed> {
  const isQuiet = again.how === 'quiet';
  const ports = isQuiet ? { ...given, reconsider: quietly(given, again) } : given;
  if (isQuiet && lead.silentBy === again.job && !(await ports.isInTarget(lead))) await ports.noteUntold(again, lead);
  const { enrichedAt: _, ...anew } = { ...lead, silentBy: again.job };
  const enriched = await enrichedOf(anew, message.since, ports);
  if ('wait' in enriched) return waitOn(message, ports.now(), [enriched.wait], ports);
  if (isQuiet) return { outcome: 'kept_again', reason: 'run again without telling anybody' };
  if (!ports.alertsFor(message.tenant).includes(enriched.category))
    return { outcome: 'kept_again', reason: `nobody is told of leads that are ${enriched.category}` };
  return tellAgain(message, again, { lead, channels }, enriched, ports);
}

/** Every channel by itself: one that fails holds no other back. */
async function tellAgain(
  message: OwnerMessage,
  again: Again,
  { lead, channels }: Known,
  enriched: EnrichedLead,
  ports: AgainPorts,
): Promise<Processed> {
  const [mention, dashboard] = await Promise.all([mentionOf(enriched, ports), ports.dashboard()]);
  const alert = () => ports.alertOf(enriched, lead, { mention, dashboard });
  const once = ofJob(again, ports);
  const results = await Promise.allSettled(
    ports.channels.map((channel) => {
      const record = channels.find((known) => known.channel === recordOf(channel.id, again));
      const slot = message.slots?.[channel.id];
      return tell(channel, { alert, lead: enriched, slot }, record, once);
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const told = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const waits = told.filter((result) => result.state === 'waiting');
  if (waits.length > 0) return waitOn(message, ports.now(), waits, ports);
  const refused = told.filter((result) => result.state === 'refused').map(({ channel }) => channel);
  if (refused.length > 0 && refused.length === told.length) {
    await ports.giveUp(message, 'every channel refused it');
    return { outcome: 'gave_up', reason: 'every channel refused it', refused };
  }
  if (lead.toldAt === undefined) await ports.markTold(lead);
  return { outcome: 'told_again', refused };
}

/** What others of the person are by that is news to nobody. */
const quietly =
  ({ reconsider }: AgainPorts, again: Again): AgainPorts['reconsider'] =>
  (messages) =>
    reconsider(messages.map((message) => ({ ...message, again })));

const recordOf = (channel: string, { job }: Again) => `${channel}#${job}`;

/** Records of the job's own, beside those of the first time. */
const ofJob = (again: Again, ports: AgainPorts): AgainPorts => ({
  ...ports,
  lease: (lead, channel, until) => ports.lease(lead, recordOf(channel, again), until),
  settle: (lead, channel, settled) => ports.settle(lead, recordOf(channel, again), settled),
});
