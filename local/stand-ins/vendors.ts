import type { StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { Stores } from '../cloud/stores.ts';
import type { Accounts } from './lists/accounts.ts';
import type { Asked } from './lists/asked.ts';
import { jsonIn } from '../console/read-json.ts';
import { idAt } from './lists/listed-record.ts';
import { ListedRecords } from './lists/listed-records.ts';
import type { SubscriptionPorts } from './lists/subscriptions.ts';
import { answerOfList } from './lists/vendor-lists.ts';

/** An answer that somebody set. */
export const VendorAnswer = z.strictObject({
  status: z.int().min(100).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  json: z.unknown(),
});
export type VendorAnswer = z.output<typeof VendorAnswer>;

/** An answer as it is sent; without a body where none was set. */
interface VendorReply {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

export const vendors = ['graph', 'hubspot', 'close'] as const;
export type Vendor = (typeof vendors)[number];

/** What each vendor answers where there is nothing. */
const notFound: Record<Vendor, (path: string) => VendorAnswer> = {
  graph: (path) => ({
    status: 400,
    headers: {},
    json: {
      error: {
        message: `Unsupported get request. Object with ID '${path}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
        type: 'GraphMethodException',
        code: 100,
        error_subcode: 33,
        fbtrace_id: 'local',
      },
    },
  }),
  hubspot: () => ({
    status: 404,
    headers: {},
    json: { status: 'error', message: 'resource not found', correlationId: 'local', category: 'OBJECT_NOT_FOUND' },
  }),
  close: () => ({ status: 404, headers: {}, json: { error: 'Not found.' } }),
};

/** The vendors' answers: what was set for a path, else a list of what was set for others, else the vendor's own not-found. Kept over a restart, as the leads that wait are. */
export class VendorAnswers {
  readonly #records: ListedRecords;
  readonly #accounts: Accounts;
  readonly #lists: SubscriptionPorts;
  readonly #atomically: Stores['atomically'];
  readonly #upsert: StatementSync;
  readonly #select: StatementSync;

  constructor({ db, atomically }: Pick<Stores, 'db' | 'atomically'>, accounts: Accounts, publicUrl: () => string) {
    db.exec('CREATE TABLE IF NOT EXISTS vendor_answers (path TEXT PRIMARY KEY, answer TEXT NOT NULL)');
    this.#atomically = atomically;
    this.#accounts = accounts;
    this.#records = new ListedRecords(db, accounts);
    this.#lists = {
      accounts,
      publicUrl,
      records: this.#records,
      isSet: (vendor, path) => this.#set(vendor, path) !== undefined,
      read: (vendor, path) => {
        const set = this.#set(vendor, path);
        return set && { status: set.status, json: jsonIn(set.body ?? '') };
      },
      write: (vendor, path, json) => this.set(vendor, path, { status: 200, headers: {}, json }),
    };
    this.#upsert = db.prepare('INSERT OR REPLACE INTO vendor_answers VALUES (?, ?)');
    this.#select = db.prepare('SELECT answer FROM vendor_answers WHERE path = ?');
  }

  set(vendor: Vendor, path: string, { status, headers, json }: VendorAnswer) {
    this.#atomically(() => {
      this.#upsert.run(keyOf(vendor, path), JSON.stringify({ status, headers, body: JSON.stringify(json) }));
      this.#records.note(vendor, path, status, json);
    });
  }

  answer(asked: Asked): VendorReply {
    const { vendor, path, token } = asked;
    const [set, changing] = [this.#set(vendor, path), isSubscription(asked)];
    const said = set && !changing ? undefined : answerOfList(asked, this.#lists);
    if (said) return { status: said.status, headers: {}, body: JSON.stringify(said.json) };
    const [id, owner] = [idAt(vendor, path), this.#accounts.of(vendor, token)[0]];
    if (set && id !== undefined && owner !== undefined) this.#records.claim(vendor, id, owner);
    if (set) return set;
    const { status, headers, json } = notFound[vendor](path);
    return { status, headers, body: JSON.stringify(json) };
  }

  #set(vendor: Vendor, path: string): VendorReply | undefined {
    const row = this.#select.get(keyOf(vendor, path));
    return row && (JSON.parse(String(row['answer'])) as VendorReply);
  }
}

/** Changed by calls, whoever set them. */
const isSubscription = ({ vendor, path }: Asked) =>
  (vendor === 'close' && path === 'webhook') || (vendor === 'graph' && path.endsWith('/subscribed_apps'));

/** Close ends its paths with a slash, people forget it. */
const keyOf = (vendor: Vendor, path: string) => `${vendor}/${path.replace(/\/$/, '')}`;
