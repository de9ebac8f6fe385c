import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NOBODY } from '../core/account.ts';
import type { Compared } from '../core/completeness.ts';
import type { DigestPlace } from '../core/digest.ts';
import { answerWithin } from './deadlines.ts';

/** The one client of the table; absent values are left out of a row. A map with a key `constructor`, which a form may have, is taken for an instance of a class. */
export const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({ maxAttempts: 3, requestHandler: answerWithin(2000) }),
  { marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: true } },
);

/** Rows of another version belong to another release; N and N−1 read each other. */
export const ROW_VERSION = 1;

/** Keys of the rows; each begins with the tenant. All of them stand in `docs/decisions/`. */
export const keyOf = {
  lead: (tenant: string, leadId: string) => ({ PK: `${tenant}#LEAD#${leadId}`, SK: 'LEAD' }),
  channel: (tenant: string, leadId: string, channel: string) => ({
    PK: `${tenant}#LEAD#${leadId}`,
    SK: `LEAD#${channel}`,
  }),
  event: (tenant: string, subject: { leadId?: string | undefined; rawKey: string }, id: string) => ({
    PK: subject.leadId ? `${tenant}#LEAD#${subject.leadId}` : `${tenant}#RAW#${subject.rawKey}`,
    SK: `EVENT#${id}`,
  }),
  /** Found by the vendor's id alone, before anybody knows whose it is. */
  account: (source: string, id: string) => ({ PK: `${NOBODY}#ACCOUNT#${source}#${id}`, SK: 'ACCOUNT' }),
  parked: (tenant: string, source: string, account: string, eventId: string) => ({
    PK: `${tenant}#PARKED#${source}#${account}`,
    SK: `EVENT#${eventId}`,
  }),
  contact: (tenant: string, leadId: string) => ({ PK: `${tenant}#LEAD#${leadId}`, SK: 'CONTACT' }),
  /** An address or number is found by its hash, which fits into any key and says nobody's name. */
  person: (tenant: string, identifier: string) => `${tenant}#PERSON#${hashOf(tenant, identifier)}`,
  /** What was erased is known by its hash alone. */
  erased: (tenant: string, ...subject: string[]) => ({
    PK: `${tenant}#ERASED#${hashOf(tenant, ...subject)}`,
    SK: 'ERASED',
  }),
  digest: ({ tenant, channel, window }: DigestPlace, part: number) => ({
    PK: `${tenant}#DIGEST#${channel}#${window}`,
    SK: `PART#${String(part).padStart(6, '0')}`,
  }),
  alerts: (tenant: string, channel: string) => ({ PK: `${tenant}#ALERTS#${channel}`, SK: 'ALERTS' }),
  list: (tenant: string, name: string) => ({ PK: `${tenant}#LISTS`, SK: `LIST#${name}` }),
  pace: (tenant: string, channel: string) => ({ PK: `${tenant}#PACE#${channel}`, SK: 'PACE' }),
  action: (tenant: string, leadId: string, version: number) => ({
    PK: `${tenant}#LEAD#${leadId}`,
    SK: `ACTION#${String(version).padStart(8, '0')}`,
  }),
  find: (tenant: string, leadId: string, number: number) => ({
    PK: `${tenant}#LEAD#${leadId}`,
    SK: `FIND#${number}`,
  }),
  /** What a lead counts as in the counters of its tenant. */
  count: (tenant: string, leadId: string) => ({ PK: `${tenant}#LEAD#${leadId}`, SK: 'COUNT' }),
  day: (tenant: string, day: string) => ({ PK: `${tenant}#STATS`, SK: `DAY#${day}` }),
  owner: (tenant: string, key: string) => ({ PK: `${tenant}#STATS`, SK: `OWNER#${key}` }),
  user: (tenant: string, id: string) => ({ PK: `${tenant}#USERS`, SK: `USER#${id}` }),
  statuses: (tenant: string) => ({ PK: `${tenant}#SETTINGS`, SK: 'STATUSES' }),
  email: (tenant: string, address: string) => ({ PK: `${tenant}#SETTINGS`, SK: `EMAIL#${address}` }),
  change: (tenant: string, what: string) => ({ PK: `${tenant}#SETTINGS`, SK: `CHANGE#${what}` }),
  export: (tenant: string, id: string) => ({ PK: `${tenant}#EXPORTS`, SK: `EXPORT#${id}` }),
  /** Beside its lead, so that it is erased with it. */
  untold: (tenant: string, leadId: string, job: string) => ({ PK: `${tenant}#LEAD#${leadId}`, SK: `UNTOLD#${job}` }),
  /** Whose a message is, is not known before it is read. */
  failed: (messageId: string) => ({ PK: `${NOBODY}#FAILED#${messageId}`, SK: 'FAILED' }),
  /** Where the dashboard of the stage is. */
  dashboard: () => ({ PK: `${NOBODY}#STAGE`, SK: 'DASHBOARD' }),
  reveal: (tenant: string, rawKey: string, id: string) => ({ PK: `${tenant}#RAW#${rawKey}`, SK: `REVEAL#${id}` }),
  job: (tenant: string, id: string) => ({ PK: `${tenant}#JOBS`, SK: `JOB#${id}` }),
  /** A new start that was given to a delivery. */
  rescue: (rawKey: string) => ({ PK: `${NOBODY}#RESCUE#${hashOf(rawKey)}`, SK: 'RESCUE' }),
  listing: () => ({ PK: `${NOBODY}#SWEEP`, SK: 'LISTING' }),
  /** How far an account was compared with its vendor. */
  comparison: ({ tenant, source, account }: Compared) => ({ PK: `${tenant}#SYNC`, SK: `${source}#${account}` }),
  /** What the doctor found at its last examination. */
  doctor: (tenant: string) => ({ PK: `${tenant}#DOCTOR`, SK: 'REPORT' }),
  misses: (tenant: string, directory: string) => ({ PK: `${tenant}#OWNERS#${directory}`, SK: 'MISSES' }),
};

const hashOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** What an update returned, or `undefined` where its condition did not hold. */
export async function unlessConditionFails<T>(update: Promise<T>): Promise<T | undefined> {
  try {
    return await update;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
