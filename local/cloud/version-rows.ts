import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { S3Object } from './fauxqs.ts';
import type { ObjectAddress } from './object-address.ts';

/** A version of an object. One without an object is a delete marker. */
export interface Version {
  bucket: string;
  key: string;
  versionId: string;
  isLatest: boolean;
  lastModified: Date;
  object: Omit<S3Object, 'body'> | undefined;
}

/** Where a listing of versions begins and ends. */
export interface VersionRange {
  bucket: string;
  prefix: string;
  /** The listing begins behind this version of this key, or behind the key where the version is empty. */
  keyMarker: string;
  versionIdMarker: string;
  limit: number;
}

// Ids grow and none is given twice, so that a listing can go on behind a version that is gone.
const schema = `
  CREATE TABLE IF NOT EXISTS s3_versions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id TEXT AS (printf('%032x', sequence)),
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    object TEXT,
    body BLOB
  );
  CREATE INDEX IF NOT EXISTS s3_versions_by_key ON s3_versions (bucket, key, sequence)`;

const select = `
  SELECT bucket, key, version_id, last_modified, object, sequence =
    (SELECT max(sequence) FROM s3_versions AS other WHERE other.bucket = one.bucket AND other.key = one.key) AS is_latest
  FROM s3_versions AS one WHERE bucket = ?1 AND`;
const body = '(SELECT body FROM s3_objects WHERE bucket = ?1 AND key = ?2)';
const where = 'WHERE bucket = ?1 AND key = ?2';

/** The rows of versions. The bytes of a current version stay where fauxqs has them, those of the others are here. */
export class VersionRows {
  readonly #statements;

  constructor(db: DatabaseSync) {
    db.exec(schema);
    const prepare = (sql: string) => db.prepare(sql);
    this.#statements = {
      keepBody: prepare(`UPDATE s3_versions SET body = ${body} ${where} AND object IS NOT NULL AND body IS NULL`),
      dropBody: prepare(`UPDATE s3_versions SET body = NULL ${where} AND version_id = ?3`),
      body: prepare(`SELECT ifnull(body, ${body}) AS body FROM s3_versions ${where} AND version_id = ?3`),
      insert: prepare('INSERT INTO s3_versions (bucket, key, last_modified, object) VALUES (?, ?, ?, ?)'),
      remove: prepare(`DELETE FROM s3_versions ${where} AND version_id = ?3`),
      newest: prepare(`${select} key = ?2 ORDER BY sequence DESC LIMIT 1`),
      find: prepare(`${select} key = ?2 AND version_id = ?3`),
      list: prepare(`${select} key >= ?2 AND key < ?2 || char(0x10FFFF)
        AND (key > ?3 OR key = ?3 AND version_id < ?4) ORDER BY key, sequence DESC LIMIT ?5`),
    };
  }

  /** Adds the newest version, a delete marker where there is no object. What was current must still be in its place. */
  add(bucket: string, key: string, object?: S3Object) {
    const { lastModified = new Date() } = object ?? {};
    this.#statements.keepBody.run(bucket, key);
    const kept = object ? JSON.stringify({ ...object, body: undefined }) : null;
    this.#statements.insert.run(bucket, key, lastModified.toISOString(), kept);
  }

  /** The version that is asked for, or the newest one. */
  find({ bucket, key, versionId }: ObjectAddress): Version | undefined {
    const { find, newest } = this.#statements;
    const row = versionId === undefined ? newest.get(bucket, key) : find.get(bucket, key, versionId);
    return row && versionIn(row);
  }

  /** The newest first within a key. */
  list({ bucket, prefix, keyMarker, versionIdMarker, limit }: VersionRange): Version[] {
    return this.#statements.list.all(bucket, prefix, keyMarker, versionIdMarker, limit).map(versionIn);
  }

  bodyOf({ bucket, key, versionId }: Version): Buffer {
    return Buffer.from(this.#statements.body.get(bucket, key, versionId)?.['body'] as Uint8Array);
  }

  /** The version is current, and its bytes are where fauxqs has them. */
  dropBody({ bucket, key, versionId }: Version) {
    this.#statements.dropBody.run(bucket, key, versionId);
  }

  remove({ bucket, key, versionId }: Version) {
    this.#statements.remove.run(bucket, key, versionId);
  }
}

function versionIn(row: Record<string, SQLOutputValue>): Version {
  const lastModified = new Date(String(row['last_modified']));
  const object = row['object'] === null ? undefined : (JSON.parse(String(row['object'])) as S3Object);
  return {
    bucket: String(row['bucket']),
    key: String(row['key']),
    versionId: String(row['version_id']),
    isLatest: row['is_latest'] === 1,
    lastModified,
    object: object && { ...object, lastModified },
  };
}
