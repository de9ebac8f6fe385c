import { describe, expect, it } from '@jest/globals';
import { isSynthetic } from '../../lambdas/core/synthetic.ts';
import { examine } from '../../lambdas/doctor/examine.ts';
import { checkups } from '../../lambdas/sources/checkups.ts';
import { sourceOf } from '../../lambdas/sources/registry.ts';
import { doctorWorld, illOf, ills, start } from '../fixtures/doctor-world.ts';

const MINUTE = 60_000;
const at = (time: number) => new Date(time).toISOString();
const number = `${'0'.repeat(12)}17645760000000000007`;

describe('a made-up lead', () => {
  it.each([
    ['close', '', `lead_${number}`],
    ['meta', '111', number],
    ['hubspot', '222', `222_${number}`],
  ] as const)(
    'of %s is what the vendor would post and sign: a new test lead, without a person',
    (id, account, leadId) => {
      const source = sourceOf(id);
      const { lead, headersOf } = checkups[id];
      const { body, ...made } = lead({ number, account, now: start });
      expect(made.leadId).toBe(leadId);
      const [event, ...more] = source?.events(body, { names: {} }) ?? [];
      expect(event).toMatchObject({ effect: 'new_lead', leadId, isTest: true });
      expect(more).toEqual([]);
      const url = `https://api.example.org/webhooks/${id}`;
      const key = { tenant: 'acme', value: 'ab'.repeat(16) };
      const headers = Object.entries(headersOf(body, key.value, start, url)).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]);
      const request = {
        method: 'POST',
        url,
        headers: Object.fromEntries(headers) as Record<string, string>,
        query: {},
        body,
      };
      expect(source?.verify(request, [key], { now: start, tolerance: { past: 300, future: 300 } })).toBe(key);
      expect(isSynthetic(leadId)).toBe(true);
    },
  );

  it.each(['lead_9rZd', '48120733_90817263541', '1158201444000000', `x${number}`, `lead_${number}0`])(
    '%s is none',
    (leadId) => {
      expect(isSynthetic(leadId)).toBe(false);
    },
  );
});

describe('examined every hour', () => {
  it('a stage sends a lead of each source, and says of them the next time', async () => {
    const { world, ports } = doctorWorld();
    const first = await examine(ports);
    expect(ills(first)).toEqual(['lead unknown close', 'lead unknown meta', 'lead unknown hubspot']);
    expect(world.posted.map(({ url }) => url.split('/').at(-1))).toEqual(['close', 'meta', 'hubspot']);
    const leads = world.reports['acme']?.leads ?? [];
    expect(leads).toHaveLength(3);
    for (const { lead_id, sentAt } of leads)
      world.came[lead_id] = {
        receivedAt: at(sentAt),
        dueAt: at(sentAt + 10 * MINUTE),
        queuedAt: at(sentAt),
        enrichedAt: at(sentAt + 10 * MINUTE),
        silentAt: at(sentAt + 10 * MINUTE + 2000),
      };
    world.now += 60 * MINUTE;
    const second = await examine(ports);
    expect(ills(second)).toEqual([]);
    expect(second.find(({ id }) => id === 'lead')?.cause).toBe(
      'A lead of Close that was made up came through in 602 s, 600 s of them its wait.',
    );
    // Nothing is left of them, and three others are under way.
    expect(world.erased.map(({ erase }) => erase.lead_id)).toEqual(leads.map(({ lead_id }) => lead_id));
    expect(world.reports['acme']?.leads).toHaveLength(3);
    expect(world.reports['none']?.findings.map(({ of }) => of.tenant)).toEqual(expect.arrayContaining([undefined]));
  });

  it.each([
    ['was not captured', undefined, 'answered with 200 and not captured', 'stored-and-not-captured'],
    ['was not queued', {}, 'captured and not queued', 'stored-and-not-captured'],
    ['was not looked up', { queuedAt: at(start) }, 'due and was not looked up', 'due-and-not-told'],
    ['was not done', { queuedAt: at(start), enrichedAt: at(start) }, 'enriched and is not done', 'due-and-not-told'],
  ])('a lead that %s is found, with how far it came', async (_, came, words, entry) => {
    const { world, ports } = doctorWorld();
    world.accounts = [];
    await examine(ports);
    const [lead] = world.reports['acme']?.leads ?? [];
    if (came && lead) world.came[lead.lead_id] = { receivedAt: at(start), dueAt: at(start + 10 * MINUTE), ...came };
    world.now += 60 * MINUTE;
    const finding = illOf(
      (await examine(ports)).filter(({ of }) => of.source === 'close'),
      'lead',
    );
    expect(finding.cause).toContain(words);
    expect(finding.cure).toContain(`npm run trace -- ${lead?.lead_id} --stage prod --tenant acme`);
    expect(finding.cure).toContain(`docs/runbook.md#${entry}`);
    expect(world.erased).toEqual([]);
  });

  it('says nothing of a lead that may still come through', async () => {
    const { world, ports } = doctorWorld();
    await examine(ports);
    world.now += 5 * MINUTE;
    expect(ills(await examine(ports)).filter((one) => one.includes('wrong'))).toEqual([]);
    expect(world.reports['acme']?.leads).toHaveLength(6);
  });

  it.each([
    [401, 'A lead signed as Close signs was answered with 401', 'npm run connect -- close'],
    [503, 'was answered with 503', 'signing-key-is-unusable'],
    [403, 'was answered with 403', 'webhooks-are-blocked'],
    [0, 'Nothing answers at https://api.example.org/webhooks/close', 'webhooks-fail'],
  ])('a stage that answers %i does not take leads', async (status, cause, cure) => {
    const { world, ports } = doctorWorld();
    world.status = status;
    const finding = illOf(await examine(ports), 'lead');
    expect(finding.cause).toContain(cause);
    expect(finding.cure).toContain(cure);
    expect(world.reports['acme']?.leads).toEqual([]);
  });

  it('sends none of a source that is not set up', async () => {
    const { world, ports } = doctorWorld();
    Object.assign(world, { accounts: [], keys: { ...world.keys, close: undefined } });
    await examine(ports);
    expect(world.posted).toEqual([]);
  });
});
