import { Readable } from 'node:stream';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';

type Callback = (error: Error | null, value?: unknown) => void;

/** What a range of keys may be bounded by. */
interface Range {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  /** Below 0 without end. */
  limit?: number;
}

/** The part of a LevelDB that dynalite uses. */
export interface Storage {
  put(key: string, value: unknown, done: Callback): void;
  get(key: string, done: Callback): void;
  del(key: string, done: Callback): void;
  batch(operations: { type: 'put' | 'del'; key: string; value?: unknown }[], done: Callback): void;
  createKeyStream(range?: Range): Readable;
  createValueStream(range?: Range): Readable;
}

/** Rows that are read at once. */
const page = 100;

/**
 * The storage of dynalite in our database instead of a LevelDB of its own. It answers within the same tick, so that an operation with
 * all its writes to indexes is one transaction, and needs no thread.
 */
export function tableStorage(db: DatabaseSync): Storage {
  db.exec('CREATE TABLE IF NOT EXISTS table_rows (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  const select = db.prepare('SELECT value FROM table_rows WHERE key = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO table_rows VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM table_rows WHERE key = ?');
  const forward = db.prepare(`SELECT key, value FROM table_rows WHERE key > ? AND key < ? ORDER BY key LIMIT ${page}`);
  const backward = db.prepare(
    `SELECT key, value FROM table_rows WHERE key > ? AND key < ? ORDER BY key DESC LIMIT ${page}`,
  );
  const rows = (range: Range = {}) => rowsIn(range, range.reverse ? backward : forward, select);
  const put = (key: string, value: unknown) => void upsert.run(key, JSON.stringify(value));
  return {
    put(key, value, done) {
      put(key, value);
      done(null);
    },
    get(key, done) {
      const row = select.get(key);
      if (row) done(null, JSON.parse(String(row['value'])));
      else done(Object.assign(new Error('no such key'), { name: 'NotFoundError' }));
    },
    del(key, done) {
      remove.run(key);
      done(null);
    },
    batch(operations, done) {
      for (const { type, key, value } of operations) {
        if (type === 'put') put(key, value);
        else remove.run(key);
      }
      done(null);
    },
    createKeyStream: (range) => Readable.from(map(rows(range), ({ key }) => key)),
    createValueStream: (range) => Readable.from(map(rows(range), ({ value }) => JSON.parse(String(value)))),
  };
}

type Row = Record<string, SQLOutputValue>;

/** The rows of a range in its order, read as they are asked for. */
function* rowsIn(
  { gt, gte, lt, lte, reverse = false, limit = -1 }: Range,
  page_: StatementSync,
  one: StatementSync,
): Generator<Row> {
  let [low, high] = [gt ?? gte ?? '', lt ?? lte ?? '\u{10FFFF}'];
  const edge = (key: string | undefined): Row[] => {
    const row = key === undefined ? undefined : one.get(key);
    return row ? [{ key: key ?? '', ...row }] : [];
  };
  let left = limit < 0 ? Infinity : limit;
  let found: Row[] = edge(reverse ? lte : gte);
  while (true) {
    for (const row of found) {
      if (left <= 0) return;
      left -= 1;
      yield row;
    }
    found = page_.all(low, high);
    const last = found.at(-1);
    if (!last) break;
    if (reverse) high = String(last['key']);
    else low = String(last['key']);
  }
  if (left > 0) yield* edge(reverse ? gte : lte);
}

function* map<T>(rows: Iterable<Row>, read: (row: Row) => T): Generator<T> {
  for (const row of rows) yield read(row);
}

/** Has values that were read before answered from memory, for those that are read all the time and seldom written. */
export function rememberValues(storage: Pick<Storage, 'get' | 'put' | 'del'>) {
  const known = new Map<string, unknown>();
  const get = storage.get.bind(storage);
  const put = storage.put.bind(storage);
  const del = storage.del.bind(storage);
  Object.assign(storage, {
    get: (key, done) => {
      if (known.has(key)) return done(null, known.get(key));
      get(key, (error, value) => {
        if (!error) known.set(key, value);
        done(error, value);
      });
    },
    put: (key, value, done) => {
      known.delete(key);
      put(key, value, done);
    },
    del: (key, done) => {
      known.delete(key);
      del(key, done);
    },
  } satisfies typeof storage);
}
