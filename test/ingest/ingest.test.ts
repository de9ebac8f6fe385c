import { describe, expect, it } from '@jest/globals';
import { Rejected, Unavailable } from '../../lambdas/core/failures.ts';
import type { SigningKey, Source, WebhookRequest } from '../../lambdas/core/source.ts';
import { ingest, MAX_BODY, type IngestPorts } from '../../lambdas/ingest/ingest.ts';

const oldKey = { tenant: 'north', value: 'old key' };
const newKey = { tenant: 'south', value: 'new key' };

/** A CRM whose signature is the key itself, and whose deliveries are named by their text. */
const crm: Source = {
  id: 'crm',
  label: 'CRM',
  aliases: [],
  keyForm: /./,
  signatureHeaders: ['signature'],
  reply: 'thank you',
  linkTo: (id) => `https://crm.example/${id}`,
  verify: ({ headers }, keys) => keys.find(({ value }) => value === headers['signature']),
  nameOf: (body) => {
    if (body.toString() === 'rubbish') throw new Rejected(400, 'not of this CRM');
    return `crm_event_${body.toString()}.json`;
  },
  events: () => [],
  parts: () => [],
  without: () => null,
};
const crmWithHandshake: Source = {
  ...crm,
  handshake: ({ query }, keys) => (keys.some(({ value }) => value === query['token']) ? query['challenge'] : undefined),
};
/** One whose deliveries are of pages, and each page of a tenant. */
const crmOfPages: Source = {
  ...crm,
  account: { noun: 'page' as const, id: 'page_id', token: 'token', command: 'npm run pages' },
};

const post = (body = 'lead_1', signature = 'old key'): WebhookRequest => ({
  method: 'POST',
  url: 'https://relay.example/webhooks/crm',
  headers: { signature },
  query: {},
  body: Buffer.from(body),
});
const get = (query: Record<string, string>): WebhookRequest => ({ ...post(''), method: 'GET', query });

type Keys = { keys: SigningKey[]; unusable: boolean };

/** Ports with these keys and verify tokens, and what was asked and stored through them. */
function portsWith({
  known = { keys: [oldKey], unusable: false },
  fresh,
  tokens = { keys: [], unusable: true },
  freshTokens,
  ...change
}: { known?: Keys; fresh?: Keys; tokens?: Keys; freshTokens?: Keys } & Partial<IngestPorts> = {}) {
  const calls: unknown[] = [];
  const ports: IngestPorts = {
    now: () => 1_772_717_400_000,
    tolerance: { past: 300, future: 60 },
    keysOf: async () => known,
    freshKeysOf: async () => {
      calls.push('keys read anew');
      return fresh;
    },
    tokensOf: async () => tokens,
    freshTokensOf: async () => {
      calls.push('tokens read anew');
      return freshTokens;
    },
    saveRaw: async (name, body, from) => {
      calls.push({ name, body: body.toString(), ...from });
      return 'stored';
    },
    ...change,
  };
  return { ports, calls };
}

const refused = (status: number, message: string) => expect.objectContaining({ status, message });

describe('a delivery', () => {
  it('that is signed is stored under its name, for the tenant whose key signed it', async () => {
    const { ports, calls } = portsWith({ known: { keys: [oldKey, newKey], unusable: false } });
    expect(await ingest(crm, post('lead_1', 'new key'), ports)).toEqual({
      outcome: 'stored',
      reply: 'thank you',
      name: 'crm_event_lead_1.json',
      tenant: 'south',
    });
    expect(calls).toEqual([{ name: 'crm_event_lead_1.json', body: 'lead_1', source: 'crm', tenant: 'south' }]);
  });

  it('that is there already is a duplicate, and answered in the same way', async () => {
    const { ports } = portsWith({ saveRaw: async () => 'duplicate' });
    expect(await ingest(crm, post(), ports)).toMatchObject({ outcome: 'duplicate', reply: 'thank you' });
  });

  it('is verified at this moment, with the tolerance of its source', async () => {
    const clocks: unknown[] = [];
    const source: Source = { ...crm, verify: (_, keys, clock) => (clocks.push(clock), keys[0]) };
    await ingest(source, post(), portsWith().ports);
    expect(clocks).toEqual([{ now: 1_772_717_400_000, tolerance: { past: 300, future: 60 } }]);
  });

  it('is verified by the ways of signing that the stage takes, where its source has several', async () => {
    const clocks: unknown[] = [];
    const source: Source = { ...crm, verify: (_, keys, clock) => (clocks.push(clock), keys[0]) };
    await ingest(source, post(), portsWith({ schemes: ['v3', 'v1'] }).ports);
    expect(clocks).toMatchObject([{ schemes: ['v3', 'v1'] }]);
  });

  it('of an unknown source is not found', async () => {
    const { ports, calls } = portsWith();
    await expect(ingest(undefined, post(), ports)).rejects.toEqual(refused(404, 'unknown source'));
    expect(calls).toEqual([]);
  });

  it('over 1 MB is too large, before anything is looked at', async () => {
    const { ports, calls } = portsWith();
    const large = { ...post(), body: Buffer.alloc(MAX_BODY + 1) };
    await expect(ingest(crm, large, ports)).rejects.toEqual(refused(413, 'body is larger than 1 MB'));
    expect(calls).toEqual([]);
  });

  it('of exactly 1 MB is not', async () => {
    const { ports } = portsWith();
    await expect(ingest(crm, { ...post(), body: Buffer.alloc(MAX_BODY, 'a') }, ports)).resolves.toMatchObject({
      outcome: 'stored',
    });
  });

  it('that is signed but not the vendor’s is refused with its reason, and not stored', async () => {
    const { ports, calls } = portsWith();
    await expect(ingest(crm, post('rubbish'), ports)).rejects.toEqual(refused(400, 'not of this CRM'));
    expect(calls).toEqual([]);
  });

  it('is not acknowledged where the store does not take it', async () => {
    const down = new Unavailable('store', 'S3 did not take the delivery');
    const { ports } = portsWith({ saveRaw: () => Promise.reject(down) });
    await expect(ingest(crm, post(), ports)).rejects.toBe(down);
  });
});

describe('a signature that no known key made', () => {
  it('is refused where the keys were read anew a moment ago', async () => {
    const { ports, calls } = portsWith();
    await expect(ingest(crm, post('lead_1', 'forged'), ports)).rejects.toEqual(refused(401, 'bad signature'));
    expect(calls).toEqual(['keys read anew']);
  });

  it('is refused where the keys read anew did not make it either', async () => {
    const { ports, calls } = portsWith({ fresh: { keys: [newKey], unusable: false } });
    await expect(ingest(crm, post('lead_1', 'forged'), ports)).rejects.toEqual(refused(401, 'bad signature'));
    expect(calls).toEqual(['keys read anew']);
  });

  it('is taken where the key was rotated a moment ago', async () => {
    const { ports, calls } = portsWith({ fresh: { keys: [newKey, oldKey], unusable: false } });
    expect(await ingest(crm, post('lead_1', 'new key'), ports)).toMatchObject({ outcome: 'stored', tenant: 'south' });
    expect(calls).toEqual([
      'keys read anew',
      { name: 'crm_event_lead_1.json', body: 'lead_1', source: 'crm', tenant: 'south' },
    ]);
  });

  it('is nobody’s fault but ours where a key is missing: then we can’t know', async () => {
    const { ports, calls } = portsWith({ known: { keys: [], unusable: true } });
    const error = await ingest(crm, post(), ports).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ part: 'key', message: 'signing key missing or malformed' });
    expect(calls).toEqual(['keys read anew']);
  });

  it('is judged by the keys as they are now', async () => {
    const filled = portsWith({ known: { keys: [], unusable: true }, fresh: { keys: [newKey], unusable: false } });
    await expect(ingest(crm, post('lead_1', 'forged'), filled.ports)).rejects.toEqual(refused(401, 'bad signature'));
    const emptied = portsWith({ fresh: { keys: [], unusable: true } });
    await expect(ingest(crm, post('lead_1', 'forged'), emptied.ports)).rejects.toMatchObject({ part: 'key' });
  });
});

it('a missing key of one tenant does not stop another’s delivery', async () => {
  const { ports, calls } = portsWith({ known: { keys: [oldKey], unusable: true } });
  expect(await ingest(crm, post(), ports)).toMatchObject({ outcome: 'stored', tenant: 'north' });
  expect(calls).toHaveLength(1);
});

it('keys that can’t be read make it unavailable', async () => {
  const down = new Unavailable('key', 'the signing keys could not be read');
  const { ports } = portsWith({ keysOf: () => Promise.reject(down) });
  await expect(ingest(crm, post(), ports)).rejects.toBe(down);
});

it('a delivery of pages is stored without a tenant, whoever’s key signed it: its pages say whose it is', async () => {
  const { ports, calls } = portsWith({ known: { keys: [oldKey, newKey], unusable: false } });
  expect(await ingest(crmOfPages, post('lead_1', 'new key'), ports)).toEqual({
    outcome: 'stored',
    reply: 'thank you',
    name: 'crm_event_lead_1.json',
  });
  expect(calls).toEqual([{ name: 'crm_event_lead_1.json', body: 'lead_1', source: 'crm' }]);
});

describe('a test of the address', () => {
  const oldToken = { tenant: 'north', value: 'old token' };
  const newToken = { tenant: 'north', value: 'new token' };
  const tokens = { keys: [oldToken], unusable: false };
  const none = { keys: [], unusable: true };
  const wrong = refused(403, 'wrong verify token or challenge');

  it('is not found for a source that has none', async () => {
    const { ports, calls } = portsWith({ tokens });
    await expect(ingest(crm, get({ token: 'old token', challenge: '42' }), ports)).rejects.toEqual(
      refused(404, 'this source has no handshake'),
    );
    expect(calls).toEqual([]);
  });

  it('is not found for an unknown source', async () => {
    await expect(ingest(undefined, get({}), portsWith({ tokens }).ports)).rejects.toEqual(
      refused(404, 'unknown source'),
    );
  });

  it('is answered with what the vendor expects, and nothing is stored', async () => {
    const { ports, calls } = portsWith({ tokens });
    expect(await ingest(crmWithHandshake, get({ token: 'old token', challenge: '42' }), ports)).toEqual({
      outcome: 'handshake',
      reply: '42',
    });
    expect(calls).toEqual([]);
  });

  it('is answered also where another tenant has no token', async () => {
    const { ports } = portsWith({ tokens: { keys: [oldToken], unusable: true } });
    expect(await ingest(crmWithHandshake, get({ token: 'old token', challenge: '42' }), ports)).toMatchObject({
      reply: '42',
    });
  });

  it.each([[{ token: 'wrong', challenge: '42' }], [{ challenge: '42' }], [{ token: 'old token' }], [{}]])(
    'is forbidden with %j, after the tokens were read anew',
    async (query) => {
      const { ports, calls } = portsWith({ tokens });
      await expect(ingest(crmWithHandshake, get(query as Record<string, string>), ports)).rejects.toEqual(wrong);
      expect(calls).toEqual(['tokens read anew']);
    },
  );

  it('is forbidden with a key that signs: that is another secret', async () => {
    const { ports } = portsWith({ tokens });
    await expect(ingest(crmWithHandshake, get({ token: 'old key', challenge: '42' }), ports)).rejects.toEqual(wrong);
  });

  it('is answered with a token that was filled in or changed a moment ago', async () => {
    for (const before of [none, tokens]) {
      const { ports } = portsWith({ tokens: before, freshTokens: { keys: [newToken, oldToken], unusable: false } });
      expect(await ingest(crmWithHandshake, get({ token: 'new token', challenge: '42' }), ports)).toEqual({
        outcome: 'handshake',
        reply: '42',
      });
    }
  });

  it('can’t be judged while nobody has a token', async () => {
    for (const freshTokens of [undefined, none]) {
      const { ports } = portsWith({ tokens: none, ...(freshTokens && { freshTokens }) });
      const error = await ingest(crmWithHandshake, get({ token: 'x', challenge: '42' }), ports).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Unavailable);
      expect(error).toMatchObject({ part: 'token', message: 'no verify token is set' });
    }
  });

  it('is judged by the tokens as they are now', async () => {
    const filled = portsWith({ tokens: none, freshTokens: { keys: [newToken], unusable: false } });
    await expect(ingest(crmWithHandshake, get({ token: 'wrong', challenge: '42' }), filled.ports)).rejects.toEqual(
      wrong,
    );
    const emptied = portsWith({ tokens, freshTokens: none });
    await expect(
      ingest(crmWithHandshake, get({ token: 'wrong', challenge: '42' }), emptied.ports),
    ).rejects.toMatchObject({ part: 'token' });
  });
});
