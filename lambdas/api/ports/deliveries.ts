import { setTimeout as sleep } from 'node:timers/promises';
import { accountOf } from '../../aws/account-table.ts';
import { eventsBefore, eventsIn, noteReveal, revealsOf } from '../../aws/event-list.ts';
import { jobNow, saveJob } from '../../aws/job-table.ts';
import { sendAll } from '../../aws/queue.ts';
import { readRaw } from '../../aws/raw-store.ts';
import { sourceOf } from '../../sources/registry.ts';
import type { ApiEnv } from '../env.ts';
import type { ReplayPorts } from '../replays.ts';
import type { DeliveryPorts } from '../routes/deliveries.ts';

/** Deliveries in bucket and table, and orders to run them again. */
export const deliveryPorts = ({ TABLE_NAME, BUCKET_NAME, REPLAY_QUEUE_URL }: ApiEnv) =>
  ({
    eventsBefore: (tenant, within, most) => eventsBefore(TABLE_NAME, tenant, within, most),
    eventsIn: (tenant, rawKey) => eventsIn(TABLE_NAME, tenant, rawKey),
    noteReveal: (tenant, rawKey, reveal) => noteReveal(TABLE_NAME, tenant, rawKey, reveal),
    revealsOf: (tenant, rawKey) => revealsOf(TABLE_NAME, tenant, rawKey),
    readRaw: (key) => readRaw(BUCKET_NAME, key),
    sourceOf,
    // Whose an event is does not depend on what people call its fields.
    eventsOf: (source, body) => source.events(body, { names: {} }),
    accountOf: (account) => accountOf(TABLE_NAME, account),
    saveReplay: (job) => saveJob(TABLE_NAME, job),
    replayNow: (job) => jobNow(TABLE_NAME, job),
    startReplay: (message) => sendAll(REPLAY_QUEUE_URL, [message]),
    sleep: (milliseconds) => sleep(milliseconds),
  }) satisfies Partial<DeliveryPorts & ReplayPorts>;
