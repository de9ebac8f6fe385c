import type { ObjectAddress } from './object-address.ts';
import type { Stores } from './stores.ts';
import { VersionRows, type Version, type VersionRange } from './version-rows.ts';

type Kept = NonNullable<Stores['s3']['persistence']>;

/** The versions of the objects in versioned buckets, each made in one transaction with the put or delete that makes it. */
export class ObjectVersions {
  readonly #stores: Stores;
  readonly #rows: VersionRows;
  readonly #buckets = new Set<string>();
  readonly #upsert: Kept['upsertObject'];
  readonly #remove: Kept['deleteObject'];

  /** To be made before anything listens to puts: an older version that is current again is no new object. */
  constructor(stores: Stores) {
    const kept = stores.s3.persistence;
    if (!kept) throw new Error('only objects that are kept have versions');
    this.#stores = stores;
    this.#rows = new VersionRows(stores.db);
    this.#upsert = kept.upsertObject.bind(kept);
    this.#remove = kept.deleteObject.bind(kept);
    kept.upsertObject = (bucket, object) =>
      stores.atomically(() => {
        if (this.covers(bucket)) this.#rows.add(bucket, object.key, object);
        this.#upsert(bucket, object);
      });
    kept.deleteObject = (bucket, key) =>
      stores.atomically(() => {
        if (this.covers(bucket)) this.#rows.add(bucket, key);
        this.#remove(bucket, key);
      });
  }

  /** Keeps the versions of a bucket from now on. What it holds from before it was versioned is the first version. */
  keep(bucket: string) {
    this.#buckets.add(bucket);
    this.#stores.atomically(() => {
      for (const object of this.#stores.s3['buckets'].get(bucket)?.values() ?? [])
        if (!this.#rows.find({ bucket, key: object.key })) this.#rows.add(bucket, object.key, object);
    });
  }

  covers(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** The version that is asked for, or the newest one. */
  find(address: ObjectAddress): Version | undefined {
    return this.#rows.find(address);
  }

  list(range: VersionRange): Version[] {
    return this.#rows.list(range);
  }

  bodyOf(version: Version): Buffer {
    return this.#rows.bodyOf(version);
  }

  /** Deletes the version that is asked for, for good, and gives it; without one it puts a delete marker, and gives that. */
  delete(address: ObjectAddress): Version | undefined {
    if (address.versionId === undefined) this.#stores.s3.deleteObject(address.bucket, address.key);
    const version = this.find(address);
    if (version && address.versionId !== undefined) this.#erase(version);
    return version;
  }

  #erase(version: Version) {
    this.#stores.atomically(() => {
      this.#rows.remove(version);
      if (version.isLatest) this.#makeNewestCurrent(version);
    });
  }

  #makeNewestCurrent({ bucket, key }: Version) {
    const { s3 } = this.#stores;
    const newest = this.#rows.find({ bucket, key });
    if (newest?.object) {
      this.#upsert(bucket, { ...newest.object, body: this.bodyOf(newest) });
      this.#rows.dropBody(newest);
      s3.restoreObject(bucket, { ...newest.object, body: Buffer.alloc(0) });
    } else {
      this.#remove(bucket, key);
      s3['buckets'].get(bucket)?.delete(key);
    }
  }
}
