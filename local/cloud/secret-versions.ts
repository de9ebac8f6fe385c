import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

export interface Version {
  id: string;
  value: string;
  stages: string[];
  /** Seconds since 1970, as AWS gives it. */
  created: number;
}

/** The values of secrets by the secrets' names, kept in one file. */
export class SecretVersions {
  readonly #file: string;
  readonly #versions: Map<string, Version[]>;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'secrets.json');
    this.#versions = new Map(existsSync(this.#file) ? Object.entries(read(this.#file)) : []);
  }

  /** The secrets that were made or filled so far. */
  get names(): string[] {
    return [...this.#versions.keys()];
  }

  /** The versions of a secret, the newest first; none where nobody filled it. */
  of(name: string): Version[] {
    return this.#versions.get(name) ?? [];
  }

  /** Remembers a secret that has no value yet. */
  make(name: string) {
    this.#versions.set(name, []);
    this.#keep();
  }

  /** The new value is AWSCURRENT, the one before AWSPREVIOUS, older ones are gone. The same call once more changes nothing. */
  put(name: string, value: string, id: string = randomUUID()): Version {
    const repeated = this.of(name).find((version) => version.id === id && version.value === value);
    if (repeated) return repeated;
    const created: Version = { id, value, stages: ['AWSCURRENT'], created: Date.now() / 1000 };
    const before = this.of(name).find(({ stages }) => stages.includes('AWSCURRENT'));
    const isOther = before !== undefined && before.id !== id;
    this.#versions.set(name, isOther ? [created, { ...before, stages: ['AWSPREVIOUS'] }] : [created]);
    this.#keep();
    return created;
  }

  remove(name: string) {
    this.#versions.delete(name);
    this.#keep();
  }

  #keep() {
    writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#versions), null, 2));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function read(file: string): Record<string, Version[]> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Version[]>;
  } catch (error) {
    throw new StartError(`${file} can't be read; mend it or run \`npm run reset\`.`, { cause: error });
  }
}
