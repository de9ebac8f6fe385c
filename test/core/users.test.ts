import { describe, expect, it } from '@jest/globals';
import { namesOf, type OwnerSaid, type User, userOwning, userToName } from '../../lambdas/core/users.ts';

const user = (id: string, name: string, more: Partial<User> = {}): User => ({
  id,
  name,
  email: `${id}@example.org`,
  role: 'rep',
  names: [],
  version: 0,
  ...more,
});
const ana = user('ana', 'Ana Diaz', { names: ['A. Diaz'], closeUserId: 'user_An1', hubspotOwnerId: '4711' });
const zoe = user('zoe', 'Zoë  Müller');
const users = [ana, zoe];

it('a user is called by name, address and other names, however they are written', () => {
  expect(namesOf(ana)).toEqual(['ana diaz', 'ana@example.org', 'a. diaz']);
  expect(namesOf(user('x', '', { email: '' }))).toEqual([]);
});

describe('the user whom an owner means', () => {
  it.each<[string, OwnerSaid, string]>([
    ['their name', { name: 'ana diaz' }, 'ana'],
    ['a name with other spaces', { name: ' zoë müller' }, 'zoe'],
    ['one of their other names', { name: 'A. DIAZ' }, 'ana'],
    ['an address in the place of a name', { name: 'Ana@Example.org' }, 'ana'],
    ['an address', { name: 'Somebody', email: 'ANA@example.org' }, 'ana'],
    ['an id at Close', { name: 'Somebody', id: 'user_An1', source: 'close' }, 'ana'],
    ['an id at HubSpot', { name: 'Somebody', id: '4711', source: 'hubspot' }, 'ana'],
    ['an id before a name', { name: 'Zoë Müller', id: '4711', source: 'hubspot' }, 'ana'],
    ['an address before a name', { name: 'Zoë Müller', email: 'ana@example.org' }, 'ana'],
  ])('is found by %s', (_, said, id) => expect(userOwning(users, said)?.id).toBe(id));

  it.each<[string, OwnerSaid]>([
    ['nothing', {}],
    ['empty texts', { name: '', email: '', id: '' }],
    ['nulls', { name: null, email: null, id: null, source: 'close' }],
    ['a part of a name', { name: 'Ana' }],
    ['an id of another source', { id: '4711', source: 'close' }],
    ['an id of a source without ids', { id: '4711', source: 'meta' }],
  ])('is nobody by %s', (_, said) => expect(userOwning(users, said)).toBeUndefined());

  it('is the first of several', () => {
    expect(userOwning([ana, user('other', 'Ana Diaz')], { name: 'Ana Diaz' })?.id).toBe('ana');
  });
});

describe('a name is learned', () => {
  it('where an id or an address says whose it is', () => {
    expect(userToName(users, { name: 'Diaz, Ana', email: 'ana@example.org' })?.id).toBe('ana');
    expect(userToName(users, { name: 'Diaz, Ana', id: 'user_An1', source: 'close' })?.id).toBe('ana');
  });

  it.each<[string, OwnerSaid]>([
    ['is known', { name: 'A. Diaz', email: 'ana@example.org' }],
    ['is somebody else’s', { name: 'Zoë Müller', email: 'ana@example.org' }],
    ['comes with nobody’s address', { name: 'Diaz, Ana', email: 'other@example.org' }],
    ['is none', { name: null, email: 'ana@example.org' }],
  ])('never where it %s', (_, said) => expect(userToName(users, said)).toBeUndefined());
});
