import { expect, it } from '@jest/globals';
import { pageUser } from '../../lambdas/owners/page-user.ts';
import { lead } from '../fixtures/lead.ts';

it('the owner of a lead is whom its page named when it came in', async () => {
  const accountOwner = { name: 'Ada Lovelace', email: 'ada@example.com' };
  expect(await pageUser.lookUp({ ...lead, accountOwner })).toEqual({
    lead_owner: 'Ada Lovelace',
    lead_owner_email: 'ada@example.com',
  });
});

it('a user without an address is an owner all the same', async () => {
  const accountOwner = { name: 'Ada Lovelace', email: null };
  expect(await pageUser.lookUp({ ...lead, accountOwner })).toEqual({
    lead_owner: 'Ada Lovelace',
    lead_owner_email: null,
  });
});

it('a lead without a page, or of a page without a user, has no owner here', async () => {
  expect(await pageUser.lookUp(lead)).toBeUndefined();
});
