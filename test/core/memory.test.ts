import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { recall } from '../../lambdas/core/memory.ts';
import { Crash, crashing } from '../fixtures/crashing.ts';
import { Memory, words } from '../fixtures/memory.ts';

const facts = (change: Partial<Parameters<typeof recall>[0]['facts']> = {}) => ({
  lead_email: 'zoe@example.org',
  phone: null,
  status_label: null,
  ...change,
});
const asking = (lead_id: string, day: number, change: Partial<Parameters<typeof recall>[0]> = {}) => ({
  tenant: 'north',
  lead_id,
  source: 'close',
  isTest: false,
  receivedAt: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`,
  facts: facts(),
  ...change,
});
const portsOf = (memory: Memory) => ({ ...memory.effects(), wordsOf: () => words });
const recallIn = (memory: Memory, lead: ReturnType<typeof asking>, by = 'ev_1') => recall(lead, by, portsOf(memory));

describe('a lead of somebody', () => {
  it('nobody has heard of was not seen before, and is pending', async () => {
    expect(await recallIn(new Memory(), asking('a', 1))).toMatchObject({ category: 'pending', seenBefore: null });
  });

  it('who came before says how often, when last, and whose that was', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('a', 1, { owner: 'Grace' }));
    await recallIn(memory, asking('b', 12, { owner: 'Ana', source: 'meta', facts: facts({ phone: '+4930901820' }) }));
    const { seenBefore } = await recallIn(memory, asking('c', 20, { facts: facts({ phone: '+49 30 901820' }) }));
    expect(seenBefore).toEqual({ leads: 2, last_at: '2026-03-12T10:00:00.000Z', last_owner: 'Ana' });
  });

  it('is known by either of address and number, and counts once by both', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('a', 1, { facts: facts({ phone: '+4930901820' }) }));
    const [byPhone, byBoth] = [
      await recallIn(memory, asking('b', 2, { facts: facts({ lead_email: null, phone: '+4930901820' }) })),
      await recallIn(memory, asking('c', 3, { facts: facts({ phone: '+4930901820' }) })),
    ];
    expect(byPhone.seenBefore?.leads).toBe(1);
    expect(byBoth.seenBefore?.leads).toBe(2);
  });

  it('that came later, that is the lead itself, or that is another tenant’s was not seen before', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('later', 9));
    await recallIn(memory, asking('a', 1, { tenant: 'south' }));
    await recallIn(memory, asking('b', 5));
    expect((await recallIn(memory, asking('b', 5))).seenBefore).toBeNull();
  });

  it('that is a test leaves no trace, but is told who it is', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('a', 1, { facts: facts({ status_label: 'Customer' }) }));
    const test = await recallIn(memory, asking('t', 2, { isTest: true, facts: facts({ status_label: 'Canceled' }) }));
    expect(test).toMatchObject({ category: 'subscribed', seenBefore: { leads: 1 } });
    expect((await recallIn(memory, asking('b', 3))).seenBefore?.leads).toBe(1);
  });

  it('with a contact that never came in as a lead was not seen before, until that does', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('contact', 1, { receivedAt: undefined as unknown as string }));
    expect((await recallIn(memory, asking('b', 5))).seenBefore).toBeNull();
    await recallIn(memory, asking('contact', 2));
    expect((await recallIn(memory, asking('c', 6))).seenBefore).toMatchObject({ leads: 2 });
  });
});

describe('what one lead says of a membership', () => {
  it('is known of every other lead of the person, whichever source it comes from', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('a', 1, { source: 'hubspot', facts: facts({ lifecycle_stage: 'customer' }) }));
    expect((await recallIn(memory, asking('b', 2, { source: 'meta' }))).category).toBe('subscribed');
  });

  it('has the others consider themselves anew, once, and again only when it says something else', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('a', 1));
    const member = asking('b', 2, { facts: facts({ status_label: 'Customer' }) });
    await (await recallIn(memory, member, 'ev_2')).spread();
    expect(memory.reconsidered).toEqual([{ v: 1, reconsider: { tenant: 'north', lead_id: 'a' }, by: 'ev_2 a' }]);
    await (await recallIn(memory, member, 'ev_3')).spread();
    expect(memory.reconsidered).toHaveLength(1);
    await (await recallIn(memory, asking('b', 2), 'ev_4')).spread();
    expect(memory.reconsidered).toHaveLength(2);
    expect((await recallIn(memory, asking('a', 1))).category).toBe('pending');
    expect(memory.persons.get('north email:zoe@example.org')?.memberships).toEqual([]);
  });

  it.each([false, true])(
    'reaches the others though the process dies at any call, once it comes again (new: %s)',
    async (isNew) => {
      const member = asking('b', 2, { isNew, facts: facts({ status_label: 'Customer', phone: '+4930901820' }) });
      const run = async (memory: Memory, point?: Parameters<typeof crashing>[1]) => {
        const { ports, calls } = crashing(memory.effects(), point);
        await (await recall(member, 'ev_2', { ...ports, wordsOf: () => words })).spread();
        return calls();
      };
      const fresh = async () => {
        const memory = new Memory();
        await recallIn(memory, asking('a', 1));
        return memory;
      };
      const calls = await run(await fresh());
      for (let call = 1; call <= calls; call += 1) {
        for (const carriedOut of [false, true]) {
          const memory = await fresh();
          await expect(run(memory, { call, carriedOut })).rejects.toThrow(Crash);
          await run(memory);
          expect(memory.reconsidered.map(({ reconsider }) => reconsider.lead_id)).toContain('a');
          expect((await recallIn(memory, asking('a', 1))).category).toBe('subscribed');
        }
      }
    },
  );

  it('of two leads that come at once is seen by one of them, in whatever order their calls are carried out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), fc.boolean(), async (scheduler, isNew, isMemberNew) => {
        const memory = new Memory();
        const effects = memory.effects();
        const ports = {
          ...effects,
          wordsOf: () => words,
          personOf: scheduler.scheduleFunction(effects.personOf),
          rememberLead: scheduler.scheduleFunction(effects.rememberLead),
          rememberMembership: scheduler.scheduleFunction(effects.rememberMembership),
        };
        const both = Promise.all(
          [
            asking('a', 1, { isNew }),
            asking('b', 2, { isNew: isMemberNew, facts: facts({ status_label: 'Customer' }) }),
          ].map(async (lead) => {
            const recalled = await recall(lead, `ev ${lead.lead_id}`, ports);
            await recalled.spread();
            return recalled;
          }),
        );
        await scheduler.waitFor(both);
        const [first] = await both;
        const isTold = memory.reconsidered.some(({ reconsider }) => reconsider.lead_id === 'a');
        expect(first?.category === 'subscribed' || isTold).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a lead that surely says something new', () => {
  const customer = facts({ status_label: 'Customer' });
  /** The same, with what was called, in order. */
  const called = async (memory: Memory, lead: ReturnType<typeof asking>) => {
    const calls: string[] = [];
    const { personOf, rememberLead, rememberMembership, ...effects } = portsOf(memory);
    const recalled = await recall(lead, 'ev_1', {
      ...effects,
      personOf: (...asked) => (calls.push('look'), personOf(...asked)),
      rememberLead: (...asked) => (calls.push('lead'), rememberLead(...asked)),
      rememberMembership: (...asked) => (calls.push('membership'), rememberMembership(...asked)),
    });
    return { calls, ...recalled };
  };

  it('is remembered before the one look at its person', async () => {
    const { calls } = await called(new Memory(), asking('a', 1, { isNew: true, owner: 'Grace' }));
    expect(calls).toEqual(['lead', 'look']);
    expect((await called(new Memory(), asking('a', 1))).calls).toEqual(['look', 'lead', 'look']);
  });

  it('is looked at once more where it says something of a membership besides', async () => {
    const { calls, category } = await called(new Memory(), asking('a', 1, { isNew: true, facts: customer }));
    expect(calls).toEqual(['lead', 'look', 'membership', 'look']);
    expect(category).toBe('subscribed');
  });

  it('is remembered as any other is, and sees what any other sees', async () => {
    const both = await Promise.all(
      [false, true].map(async (isNew) => {
        const memory = new Memory();
        await recallIn(memory, asking('a', 1, { owner: 'Grace', facts: customer }));
        const lead = asking('b', 2, { isNew, owner: 'Ana', facts: facts({ phone: '+4930901820' }) });
        const { category, seenBefore, spread } = await recallIn(memory, lead);
        await spread();
        return { category, seenBefore, persons: [...memory.persons], told: memory.reconsidered };
      }),
    );
    expect(both[1]).toEqual(both[0]);
    expect(both[1]).toMatchObject({ category: 'subscribed', seenBefore: { leads: 1, last_owner: 'Grace' } });
  });

  it('leaves no trace where it is a test', async () => {
    const memory = new Memory();
    const { calls } = await called(memory, asking('t', 1, { isNew: true, isTest: true, facts: customer }));
    expect(calls).toEqual(['look']);
    expect([...memory.persons.values()]).toEqual([{ leads: [], memberships: [] }]);
  });

  it('of a contact that said a membership before is seen to say something else', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('other', 1));
    const contact = asking('a', 2, { receivedAt: undefined as unknown as string, facts: customer });
    await (await recallIn(memory, contact, 'ev_2')).spread();
    expect((await recallIn(memory, asking('other', 1))).category).toBe('subscribed');
    const { category, spread } = await recallIn(memory, asking('a', 3, { isNew: true }), 'ev_3');
    expect(category).toBe('pending');
    await spread();
    expect(memory.reconsidered.map(({ reconsider, by }) => [reconsider.lead_id, by])).toEqual([
      ['other', 'ev_2 other'],
      ['other', 'ev_3 other'],
    ]);
    expect((await recallIn(memory, asking('other', 1))).category).toBe('pending');
  });

  it('of a contact whose membership was not spread has that spread', async () => {
    const memory = new Memory();
    await recallIn(memory, asking('other', 1));
    // It died before it could.
    await recallIn(memory, asking('a', 2, { receivedAt: undefined as unknown as string, facts: customer }), 'ev_2');
    await (await recallIn(memory, asking('a', 3, { isNew: true, facts: customer }), 'ev_3')).spread();
    expect(memory.reconsidered).toEqual([
      { v: 1, reconsider: { tenant: 'north', lead_id: 'other' }, by: 'ev_3 other' },
    ]);
  });
});
