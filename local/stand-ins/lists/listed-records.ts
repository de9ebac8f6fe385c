import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { jsonIn } from '../../console/read-json.ts';
import type { Vendor } from '../vendors.ts';
import type { Accounts } from './accounts.ts';
import { idAt, listedRecord, places } from './listed-record.ts';

/** A record as its list has it. */
export interface Listed {
  id: string;
  made: number;
  changed: number;
  content: Record<string, unknown>;
}

/** Which records, in SQL over `id`, `owner`, `form`, `made` and `changed`. */
export interface Selection {
  where: string;
  values: (string | number)[];
  order: string;
  limit: number;
  offset?: number;
}

/** What the vendors' lists go through: beside each record that was set, what it is found and sorted by. */
export class ListedRecords {
  readonly #db: DatabaseSync;
  readonly #accounts: Pick<Accounts, 'named'>;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;
  readonly #claim: StatementSync;

  constructor(db: DatabaseSync, accounts: Pick<Accounts, 'named'>) {
    this.#db = db;
    this.#accounts = accounts;
    const isNew = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'vendor_listed'").get() === undefined;
    db.exec(`CREATE TABLE IF NOT EXISTS vendor_listed (vendor TEXT, id TEXT, owner TEXT NOT NULL, form TEXT NOT NULL,
      made INTEGER NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (vendor, id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS vendor_listed_made ON vendor_listed (vendor, owner, made);
      CREATE INDEX IF NOT EXISTS vendor_listed_form ON vendor_listed (vendor, form, made);
      CREATE INDEX IF NOT EXISTS vendor_listed_changed ON vendor_listed (vendor, changed)`);
    this.#upsert = db.prepare(`INSERT INTO vendor_listed VALUES
      (:vendor, :id, :owner, :form, coalesce(:made, :now), coalesce(:changed, :now))
      ON CONFLICT DO UPDATE SET owner = iif(:owner = '', owner, :owner), form = :form,
      made = coalesce(:made, made), changed = coalesce(:changed, :now)`);
    this.#delete = db.prepare('DELETE FROM vendor_listed WHERE vendor = ? AND id = ?');
    this.#claim = db.prepare("UPDATE vendor_listed SET owner = ? WHERE vendor = ? AND id = ? AND owner = ''");
    if (isNew) this.#takeUp();
  }

  /** Lists a record that was set; one that does not say when it was made or changed was so just now. Something else at its place is none any more. */
  note(vendor: Vendor, path: string, status: number, content: unknown) {
    const record = status === 200 ? listedRecord(vendor, path, content) : undefined;
    if (record) {
      const { made = null, changed = null, ...known } = record;
      const owner = this.#accounts.named(vendor, record.owner);
      this.#upsert.run({ vendor, ...known, owner, made, changed, now: Date.now() });
    } else {
      this.#delete.run(vendor, idAt(vendor, path) ?? '');
    }
  }

  /** Whoever reads a record that names nobody is whose it is. */
  claim(vendor: Vendor, id: string, owner: string) {
    this.#claim.run(owner, vendor, id);
  }

  select(vendor: Vendor, { where, values, order, limit, offset = 0 }: Selection): Listed[] {
    const rows = this.#db
      .prepare(
        `SELECT id, made, changed, answer FROM vendor_listed JOIN vendor_answers ON path = ? || id
        WHERE vendor = ? AND ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      )
      .all(`${vendor}/${places[vendor]}`, vendor, ...values, limit, offset);
    return rows.map(({ id, made, changed, answer }) => ({
      id: String(id),
      made: Number(made),
      changed: Number(changed),
      content: contentOf(String(answer)) as Listed['content'],
    }));
  }

  count(vendor: Vendor, { where, values }: Pick<Selection, 'where' | 'values'>): number {
    // SQLite leaves the join out where nothing of it is asked for.
    const sql = `SELECT count(*) AS count FROM vendor_listed LEFT JOIN vendor_answers ON path = ? || id
      WHERE vendor = ? AND ${where}`;
    return Number(this.#db.prepare(sql).get(`${vendor}/${places[vendor]}`, vendor, ...values)?.['count']);
  }

  /** The forms of these owners' leads, in their order, from after one of them. */
  formsOf(owners: [string, string], after: string, limit: number): string[] {
    const sql = `SELECT DISTINCT form FROM vendor_listed WHERE vendor = 'graph' AND owner IN (?, ?) AND form > ?
      ORDER BY form LIMIT ?`;
    return this.#db
      .prepare(sql)
      .all(...owners, after, limit)
      .map(({ form }) => String(form));
  }

  /** Of a folder that an earlier release wrote. */
  #takeUp() {
    for (const { path, answer } of this.#db.prepare('SELECT path, answer FROM vendor_answers').all()) {
      const [, vendor = '', place = ''] = /^(\w+)\/(.*)$/.exec(String(path)) ?? [];
      const { status } = JSON.parse(String(answer)) as { status: number };
      if (Object.hasOwn(places, vendor)) this.note(vendor as Vendor, place, status, contentOf(String(answer)));
    }
  }
}

const contentOf = (answer: string): unknown => jsonIn((JSON.parse(answer) as { body?: string }).body ?? '');
