import { describe, expect, it } from '@jest/globals';
import { sectionOf, sectionsFor } from '../../dashboard/src/settings/sections.ts';

describe('the parts of the settings', () => {
  it('are as many as a role may see', () => {
    expect(sectionsFor('rep')).toEqual([]);
    expect(sectionsFor('manager').map(({ id }) => id)).toEqual(['pages']);
    expect(sectionsFor('admin').map(({ id }) => id)).toEqual([
      'pages',
      'slack',
      'email',
      'statuses',
      'users',
      'health',
    ]);
  });

  it.each([
    [undefined, 'admin', 'pages'],
    ['users', 'admin', 'users'],
    ['users', 'manager', undefined],
    ['nonsense', 'admin', undefined],
    [undefined, 'rep', undefined],
  ] as const)('%s for the role %s is %s', (name, role, expected) => expect(sectionOf(name, role)?.id).toBe(expected));
});
