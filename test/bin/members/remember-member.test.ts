import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Category } from '../../../lambdas/core/category.ts';
import type { Person } from '../../../lambdas/core/person.ts';
import { type MemberPorts, rememberMember } from '../../../bin/members/remember-member.ts';

const nobody = (): Person => ({ leads: [], memberships: [] });
const lead = (lead_id: string) => ({ lead_id, source: 'close', receivedAt: '2026-03-05T13:30:00.000Z' });
const [email, phone] = ['email:anna@example.com', 'phone:+4930901820'];
const anna = { identifiers: [email, phone], membership: 'subscribed' as const };

/** What is remembered, and what was done, in order. */
let persons: Record<string, Person>;
let done: string[];
let ports: MemberPorts;
beforeEach(() => {
  persons = {};
  done = [];
  const person = (identifier: string) => (persons[identifier] ??= nobody());
  const own = (identifier: string) => person(identifier).memberships.find(({ by }) => by === 'list');
  ports = {
    tenant: 'north',
    runId: 'run-1',
    personOf: async (identifier) => structuredClone(person(identifier)),
    rememberMembership: async (identifier, { by, membership }: { by: string; membership: Category }) => {
      done.push(`remember ${identifier} ${membership}`);
      const others = person(identifier).memberships.filter((one) => one.by !== by);
      person(identifier).memberships = [...others, { by, membership, isNews: true }];
    },
    settleMembership: async (identifier) => {
      done.push(`settle ${identifier}`);
      delete own(identifier)?.isNews;
    },
    reconsider: async (messages) => {
      for (const message of messages) done.push(`reconsider ${message.reconsider.lead_id} by ${message.by}`);
    },
  };
});

const remember = (member: Parameters<typeof rememberMember>[0] = anna) => rememberMember(member, ports);

describe('a member', () => {
  it('is remembered under all that they are known by', async () => {
    expect(await remember()).toEqual({ was: 'new', leads: 0 });
    expect(done).toEqual([
      `remember ${email} subscribed`,
      `remember ${phone} subscribed`,
      `settle ${email}`,
      `settle ${phone}`,
    ]);
  });

  it('is written once: the same list changes nothing', async () => {
    await remember();
    done = [];
    expect(await remember()).toEqual({ was: 'unchanged', leads: 0 });
    expect(done).toEqual([]);
  });

  it('is changed where the list says something else now', async () => {
    await remember();
    expect(await remember({ ...anna, membership: 'terminated' })).toEqual({ was: 'changed', leads: 0 });
    expect(persons[email]?.memberships).toEqual([{ by: 'list', membership: 'terminated' }]);
  });

  it('is changed where they are known by more', async () => {
    await remember({ ...anna, identifiers: [email] });
    done = [];
    expect(await remember()).toEqual({ was: 'changed', leads: 0 });
    expect(done).toEqual([`remember ${phone} subscribed`, `settle ${phone}`]);
  });

  it('has each of their leads consider its category once, after all is written', async () => {
    persons = {
      [email]: { leads: [lead('lead_1'), lead('lead_2')], memberships: [] },
      [phone]: { leads: [lead('lead_2')], memberships: [{ by: 'lead_2', membership: 'terminated' }] },
    };
    expect(await remember()).toEqual({ was: 'new', leads: 2 });
    expect(done).toEqual([
      `remember ${email} subscribed`,
      `remember ${phone} subscribed`,
      'reconsider lead_1 by members/run-1/lead_1',
      'reconsider lead_2 by members/run-1/lead_2',
      `settle ${email}`,
      `settle ${phone}`,
    ]);
    expect(persons[phone]?.memberships).toContainEqual({ by: 'lead_2', membership: 'terminated' });
  });

  it('is found by a lead that comes while it is written', async () => {
    const write = ports.rememberMembership;
    ports.rememberMembership = async (identifier, said) => {
      persons[email]?.leads.push(lead('lead_meanwhile'));
      await write(identifier, said);
    };
    expect(await remember({ ...anna, identifiers: [email] })).toEqual({ was: 'new', leads: 1 });
  });

  it('reaches every lead although the command was stopped before', async () => {
    persons = { [email]: { leads: [lead('lead_1')], memberships: [] } };
    const { reconsider } = ports;
    ports.reconsider = async () => {
      throw new Error('stopped');
    };
    await expect(remember()).rejects.toThrow('stopped');
    ports.reconsider = reconsider;
    expect(await remember()).toEqual({ was: 'unchanged', leads: 1 });
    expect(done.filter((one) => one.startsWith('reconsider'))).toEqual(['reconsider lead_1 by members/run-1/lead_1']);
    done = [];
    expect(await remember()).toEqual({ was: 'unchanged', leads: 0 });
    expect(done).toEqual([]);
  });
});
