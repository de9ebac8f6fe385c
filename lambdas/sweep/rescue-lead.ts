import type { Slice } from '../core/capture-message.ts';
import type { Lead } from '../core/lead.ts';
import type { DigestMessage, OwnerMessage } from '../core/owner-message.ts';
import { type Loss, MOST_RESCUES, type Rescue } from '../core/rescue.ts';
import type { Source } from '../core/source.ts';
import { eventsIn, type KeptDelivery } from './events-in.ts';
import type { SweepTools } from './finding.ts';
import { type DigestLookPorts, type InDigest, isLostDigest } from './lost-digests.ts';

export interface RescueLeadPorts {
  sourceOf: (id: string) => Source | undefined;
  readRaw: (key: string) => Promise<KeptDelivery | undefined>;
  /** Notes a new start on a lead that had so many before; false where another one was quicker, or it is not lost any more. */
  noteRescue: (lead: Pick<Lead, 'tenant' | 'lead_id'>, rescue: Rescue, before: number) => Promise<boolean>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
  sendToOwner: (message: OwnerMessage) => Promise<void>;
  sendDigest: (message: DigestMessage) => Promise<void>;
}

interface LostLead {
  lead: Lead;
  loss: Exclude<Loss, 'not_captured'>;
  digests: InDigest[];
  lostAfter: number;
}

type Ports = RescueLeadPorts & DigestLookPorts & SweepTools;

/** Gives a lost lead a new start, which is noted first: of two sweeps one does it, and none that is cut off does it twice at once. */
export async function rescueLead({ lead, loss, digests, lostAfter }: LostLead, ports: Ports): Promise<void> {
  const now = ports.now();
  for (const digest of digests) if (!(await isLostDigest(lead, digest, { now, lostAfter }, ports))) return;
  const before = lead.rescues ?? [];
  const { tenant, lead_id, source } = lead;
  const finding = { loss, count: 1, tenant, lead_id, source, rescuedAt: before.at(-1)?.at };
  if (before.length >= MOST_RESCUES) return ports.found({ ...finding, verdict: 'in_vain' });
  if (ports.isDry) return ports.found({ ...finding, verdict: 'found' });
  const rescue = { at: new Date(now).toISOString(), what: loss };
  if (!(await ports.noteRescue(lead, rescue, before.length))) return;
  await startAgain(lead, loss, rescue.at, ports);
  for (const { channel, window } of digests)
    await ports.sendDigest({ v: 1, digest: { tenant, channel, window }, notBefore: rescue.at, dueAt: lead.dueAt });
  ports.found({ ...finding, verdict: 'rescued', rescuedAt: rescue.at });
}

/** By the step that it was lost at; where that has no delivery to read, or did not help before, by the next one. */
async function startAgain(lead: Lead, loss: Loss, now: string, ports: Ports): Promise<void> {
  const isFirst = !lead.rescues?.some(({ what }) => what === loss);
  const slices = loss === 'not_queued' && isFirst ? await slicesOf(lead, ports) : [];
  if (slices.length > 0) return ports.sendToCapture(slices);
  const { tenant, lead_id, source } = lead;
  const notBefore = lead.dueAt > now ? lead.dueAt : now;
  await ports.sendToOwner({ v: 1, tenant, lead_id, source, notBefore, bulk: true });
}

/** The events that said that it is new. */
async function slicesOf({ rawKey, lead_id, createdBy }: Lead, ports: Ports): Promise<Slice[]> {
  const delivery = await ports.readRaw(rawKey);
  const placed = delivery ? eventsIn(delivery, ports.sourceOf) : [];
  return placed
    .filter(({ event }) => event.leadId === lead_id && (event.id === createdBy || event.effect === 'new_lead'))
    .map(({ index }) => ({ v: 1, key: rawKey, from: index, to: index + 1, bulk: true }));
}
