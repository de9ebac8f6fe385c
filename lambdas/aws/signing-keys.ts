import { Unavailable } from '../core/failures.ts';
import type { SigningKey, Source } from '../core/source.ts';
import { secretName, type Secret, type secretReader } from './secrets.ts';

/** Strangers can make us read the keys anew, by signatures that no key made, at most this often: milliseconds. */
const BETWEEN_REREADS = 30_000;

interface From {
  tenants: string[];
  /** Of the secrets' names: `lead-relay/prod/{tenant}/{source}-signature-key`. */
  pattern: string;
  /** What values of a source look like; another one is as good as missing. */
  formOf: (source: Source) => RegExp;
}

/** The keys of every tenant for a source, current and previous; a value of another form is as good as missing. Throws `Unavailable` where none can be read. */
export function signingKeys(secrets: ReturnType<typeof secretReader>, from: From) {
  const nameFor = (tenant: string, source: Source) => secretName(from.pattern, { tenant, source: source.id });

  const keysOf = async (source: Source) => {
    const found = from.tenants.map(async (tenant) => ({ tenant, secret: await secrets.read(nameFor(tenant, source)) }));
    return keysIn(from.formOf(source), await unlessDown(Promise.all(found)));
  };

  const freshKeysOf = async (source: Source) => {
    const reread = await unlessDown(
      Promise.all(from.tenants.map((tenant) => secrets.reread(nameFor(tenant, source), BETWEEN_REREADS))),
    );
    return reread.some((secret) => secret !== undefined) ? keysOf(source) : undefined;
  };

  return { keysOf, freshKeysOf };
}

function keysIn(form: RegExp, found: { tenant: string; secret: Secret }[]): { keys: SigningKey[]; unusable: boolean } {
  const values = found.flatMap(({ tenant, secret }) => [
    { tenant, value: secret.current ?? '' },
    ...(secret.previous ? [{ tenant, value: secret.previous }] : []),
  ]);
  const keys = values.filter(({ value }) => form.test(value));
  return { keys, unusable: keys.length < values.length };
}

async function unlessDown<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new Unavailable('key', 'the signing keys could not be read', { cause: error });
  }
}
