import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OwnerAnswer } from '../../lambdas/core/owner.ts';
import type { User } from '../../lambdas/core/users.ts';
import { mentionOf } from '../../lambdas/process/know-owner.ts';
import { processLead } from '../../lambdas/process/process-lead.ts';
import { enrichedLead, lead } from '../fixtures/lead.ts';
import { message, ProcessWorld } from '../fixtures/process-world.ts';

const grace: User = {
  id: 'grace',
  name: 'Grace Hopper',
  email: 'grace@example.com',
  role: 'rep',
  names: [],
  closeUserId: 'user_Gh1',
  slackMemberId: 'U0GRACE01',
  version: 0,
};

let world: ProcessWorld;
beforeEach(() => {
  world = new ProcessWorld();
  world.users = [structuredClone(grace)];
});
const looked = async (answer: OwnerAnswer) => {
  world.directories = [{ id: 'lookup', lookUp: async () => answer }];
  return processLead(message, world.ports().ports);
};
const names = () => world.users[0]?.names;

describe('what a CRM calls a user', () => {
  it('is learned where it names their address', async () => {
    await looked({ lead_owner: 'Hopper, Grace', lead_owner_email: 'Grace@Example.com' });
    expect(names()).toEqual(['Hopper, Grace']);
  });

  it('is learned where it names their id', async () => {
    await looked({ lead_owner: 'Hopper, Grace', lead_owner_id: 'user_Gh1' });
    expect(names()).toEqual(['Hopper, Grace']);
  });

  it.each<[string, OwnerAnswer]>([
    ['is known', { lead_owner: 'GRACE HOPPER', lead_owner_email: 'grace@example.com' }],
    ['is of somebody else', { lead_owner: 'Ada Sample', lead_owner_email: 'ada@example.com' }],
    ['is what stands for nobody', { lead_owner: 'Unassigned', lead_owner_email: 'grace@example.com' }],
    ['is missing', { lead_owner: null, lead_owner_email: 'grace@example.com' }],
  ])('is not learned where it %s', async (_, answer) => {
    await looked(answer);
    expect(names()).toEqual([]);
  });

  it('is not learned from a test lead', async () => {
    world.leads.set(lead.lead_id, { ...lead, isTest: true });
    await looked({ lead_owner: 'Hopper, Grace', lead_owner_email: 'grace@example.com' });
    expect(names()).toEqual([]);
  });
});

describe('who is mentioned', () => {
  const mention = (lead_owner: string, lead_owner_email: string | null = null) =>
    mentionOf({ ...enrichedLead, lead_owner, lead_owner_email }, world.ports().ports);

  it.each([
    ['by name', 'grace  hopper', null],
    ['by an address that stands for a name', 'grace@example.com', null],
    ['by address', 'G. Hopper', 'grace@example.com'],
  ])('is the user who owns the lead, %s', async (_, name, email) => {
    expect(await mention(name, email)).toBe('U0GRACE01');
  });

  it('is nobody where nobody of the tenant owns it, or it is unassigned', async () => {
    expect(await mention('Ada Sample')).toBeUndefined();
    expect(await mention('Unassigned', 'grace@example.com')).toBeUndefined();
  });

  it('is nobody where their member id is not known', async () => {
    world.users = [{ ...grace, slackMemberId: undefined }];
    expect(await mention('Grace Hopper')).toBeUndefined();
  });
});
