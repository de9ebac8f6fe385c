import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { answerWithin } from './deadlines.ts';

const client = new SecretsManagerClient({
  maxAttempts: 2,
  requestHandler: answerWithin(1000),
});

/** A secret's value now and before its last rotation; a secret that nobody filled has neither. */
export interface Secret {
  current?: string;
  previous?: string;
  /** Which version the current value is: another one after each change. */
  version?: string;
}

interface Known {
  at: number;
  secret: Promise<Secret>;
}

const FRESH = 5 * 60_000;
/** While the secret store is down, what we know is good for this long. */
const USABLE = 60 * 60_000;

/**
 * Reads secrets by name and keeps them for five minutes; a failed read is forgotten at once.
 * Both stages are read, since during a rotation both values are in use.
 */
export function secretReader(now: () => number) {
  const cache = new Map<string, Known>();
  const rereadAt = new Map<string, number>();

  async function read(name: string): Promise<Secret> {
    const known = cache.get(name);
    return known && now() - known.at < FRESH ? known.secret : refresh(name, known);
  }

  /** The secret read anew; nothing when that was done less than `atMostEvery` milliseconds ago. */
  async function reread(name: string, atMostEvery = 0): Promise<Secret | undefined> {
    if (now() - (rereadAt.get(name) ?? -Infinity) < atMostEvery) return undefined;
    rereadAt.set(name, now());
    return refresh(name, cache.get(name));
  }

  /** Everybody who asks meanwhile gets the same answer; a failure leaves what was known as it was. */
  function refresh(name: string, known: Known | undefined): Promise<Secret> {
    const secret = fetchSecret(name).catch((error: unknown) => {
      if (known && now() - known.at <= USABLE) {
        cache.set(name, known);
        return known.secret;
      }
      cache.delete(name);
      throw error;
    });
    cache.set(name, { at: now(), secret });
    return secret;
  }

  return { read, reread };
}

async function fetchSecret(name: string): Promise<Secret> {
  const [current, previous] = await Promise.all([valueOf(name, 'AWSCURRENT'), valueOf(name, 'AWSPREVIOUS')]);
  return {
    ...(current?.value && { current: current.value, version: current.version }),
    ...(previous?.value && { previous: previous.value }),
  };
}

async function valueOf(name: string, stage: string): Promise<{ value: string; version: string } | undefined> {
  try {
    const asked = new GetSecretValueCommand({ SecretId: name, VersionStage: stage });
    const { SecretString = '', VersionId = '' } = await client.send(asked);
    return { value: SecretString.trim(), version: VersionId };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** `lead-relay/prod/{tenant}/{source}-signature-key` with its names filled in. */
export const secretName = (pattern: string, names: Record<string, string>): string =>
  pattern.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
