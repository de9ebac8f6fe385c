import { foldedName } from './owner-key.ts';

/** Somebody of a tenant, with the names under which other systems know them. */
export interface User {
  id: string;
  name: string;
  email: string;
  role: string;
  /** As CRMs write them. */
  names: string[];
  closeUserId?: string | undefined;
  hubspotOwnerId?: string | undefined;
  slackMemberId?: string | undefined;
  /** Counts the changes of what stands here beside name, e-mail and role, which sign-in knows. */
  version: number;
}

/** What of a user an admin changes; `null` empties. */
export interface UserEdit {
  names?: string[] | undefined;
  closeUserId?: string | null | undefined;
  hubspotOwnerId?: string | null | undefined;
  slackMemberId?: string | null | undefined;
}

/** Who made a change. */
export interface Changer {
  id: string;
  name: string;
}

/** How many names a user may have beside their own. */
export const MOST_NAMES = 20;

/** Whom a system calls the owner of a lead. */
export interface OwnerSaid {
  name?: string | null | undefined;
  email?: string | null | undefined;
  /** The vendor’s own id of them, and which source that vendor is. */
  id?: string | null | undefined;
  source?: string | undefined;
}

/** Everything that a user is called, as names are compared. */
export const namesOf = ({ name, email, names }: Pick<User, 'name' | 'email' | 'names'>): string[] =>
  [name, email, ...names].map(foldedName).filter(Boolean);

/** The user who is meant by an owner: by the vendor’s id, else by the e-mail address, else by a name. Of several the first one. */
export function userOwning<U extends User>(users: readonly U[], { name, email, id, source }: OwnerSaid): U | undefined {
  const isCalled = (text: string | null | undefined) => (user: U) =>
    Boolean(text) && namesOf(user).includes(foldedName(text ?? ''));
  return (
    users.find((user) => Boolean(id) && idAt(user, source) === id) ??
    users.find(isCalled(email)) ??
    users.find(isCalled(name))
  );
}

const idAt = (user: User, source: string | undefined): string | undefined =>
  source === 'close' ? user.closeUserId : source === 'hubspot' ? user.hubspotOwnerId : undefined;

/** Whose name an owner's is, where an id or an address says so and no name does yet. What somebody else is called stays theirs. */
export function userToName<U extends User>(users: readonly U[], { name, ...known }: OwnerSaid): U | undefined {
  return name && !userOwning(users, { name }) ? userOwning(users, known) : undefined;
}
