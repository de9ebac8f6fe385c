import type { Slice } from '../core/capture-message.ts';
import { digestId, type DigestPlace } from '../core/digest.ts';
import type { Lead } from '../core/lead.ts';
import type { DigestMessage, OwnerMessage } from '../core/owner-message.ts';
import type { Rescue } from '../core/rescue.ts';
import { accountOf } from './account-table.ts';
import { channelRecordOf } from './channel-table.ts';
import { dueLeads } from './due-table.ts';
import { isErased } from './erased-table.ts';
import { eventRows } from './event-rows.ts';
import { leadOf } from './lead-table.ts';
import { send, sendAll, waitingIn } from './queue.ts';
import { readRaw } from './raw-store.ts';
import { listingNow, noteDeliveryRescue, noteListing, noteRescue, rescuesOf } from './rescue-table.ts';
import { listStored } from './stored-list.ts';

interface Place {
  table: string;
  bucket: string;
  /** `source/`. */
  sourcePrefix: string;
  /** The queues with the lanes beside them. */
  captureQueues: { queue: string; bulk: string };
  ownerQueues: { queue: string; bulk: string };
}

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Where a stage is swept: its table, its bucket and its queues, for the function and for the command. */
export const sweeping = ({ table, bucket, sourcePrefix, captureQueues, ownerQueues }: Place) => ({
  now: Date.now,
  waiting: async () => {
    const [capture, owner] = await Promise.all([waitingInBoth(captureQueues), waitingInBoth(ownerQueues)]);
    return { capture, owner };
  },
  dueLeads: (tenant: string, range: Parameters<typeof dueLeads>[2]) => dueLeads(table, tenant, range),
  leadOf: (lead: Id) => leadOf(table, lead),
  digestRecord: (place: DigestPlace) =>
    channelRecordOf(table, { tenant: place.tenant, lead_id: digestId(place) }, place.channel),
  readRaw: (key: string) => readRaw(bucket, key),
  noteRescue: (lead: Id, rescue: Rescue, before: number) => noteRescue(table, lead, rescue, before),
  accountOf: (account: Parameters<typeof accountOf>[1]) => accountOf(table, account),
  rowsOf: (places: Parameters<typeof eventRows>[1]) => eventRows(table, places),
  isErased: (lead: Parameters<typeof isErased>[1]) => isErased(table, lead),
  rescuesOf: (rawKey: string) => rescuesOf(table, rawKey),
  noteDeliveryRescue: (rawKey: string, at: string, before: number) => noteDeliveryRescue(table, rawKey, at, before),
  listStored: (after: string | undefined) => listStored(bucket, sourcePrefix, after),
  listingNow: () => listingNow(table),
  noteListing: (startedAt: string) => noteListing(table, startedAt),
  sendToCapture: (slices: Slice[]) => sendAll(captureQueues.bulk, slices),
  sendToOwner: (message: OwnerMessage) => send(ownerQueues.bulk, message, Date.now()),
  sendDigest: (message: DigestMessage) => send(ownerQueues.queue, message, Date.now()),
});

const waitingInBoth = async ({ queue, bulk }: Place['captureQueues']) =>
  (await waitingIn(queue)) + (await waitingIn(bulk));
