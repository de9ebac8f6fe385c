import type { OwnerDirectory } from '../core/owner.ts';

/** The user of the page that brought the lead, as the page named one when the lead came in. */
export const pageUser: OwnerDirectory = {
  id: 'page',
  isFor: ({ accountOwner }) => accountOwner !== undefined,
  lookUp: async ({ accountOwner }) =>
    accountOwner && { lead_owner: accountOwner.name, lead_owner_email: accountOwner.email },
};
