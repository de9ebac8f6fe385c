import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { Issued, VendorCall } from './issued.ts';

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

/** The vendors' answers: what was set for a path, else what they say of what they issued, else the vendor's own not-found. Kept over a restart, as the leads that wait are. */
export class VendorAnswers {
  readonly #upsert: StatementSync;
  readonly #select: StatementSync;
  readonly #issued: Issued;

  constructor(db: DatabaseSync, issued: Issued) {
    this.#issued = issued;
    db.exec('CREATE TABLE IF NOT EXISTS vendor_answers (path TEXT PRIMARY KEY, answer TEXT NOT NULL)');
    this.#upsert = db.prepare('INSERT OR REPLACE INTO vendor_answers VALUES (?, ?)');
    this.#select = db.prepare('SELECT answer FROM vendor_answers WHERE path = ?');
  }

  set(vendor: Vendor, path: string, { status, headers, json }: VendorAnswer) {
    this.#upsert.run(keyOf(vendor, path), JSON.stringify({ status, headers, body: JSON.stringify(json) }));
  }

  answer(vendor: Vendor, call: VendorCall): VendorReply {
    const row = this.#select.get(keyOf(vendor, call.path));
    if (row) return JSON.parse(String(row['answer'])) as VendorReply;
    const { status, json } = this.#issued.answer(vendor, call) ?? notFound[vendor](call.path);
    return { status, headers: {}, body: JSON.stringify(json) };
  }
}

/** Close ends its paths with a slash, people forget it. */
const keyOf = (vendor: Vendor, path: string) => `${vendor}/${path.replace(/\/$/, '')}`;
