import { describe, expect, it } from '@jest/globals';
import { followUpOf, rebased } from '../../../dashboard/src/lead/conflicts.ts';

const base = { status: 'new', next_call: '', notes: '', owner: '' };

describe('what was typed while somebody else saved', () => {
  it('stays, and what the other changed elsewhere is taken over', () => {
    expect(rebased(base, { ...base, notes: 'mine' }, { ...base, status: 'won' })).toEqual({
      typed: { ...base, notes: 'mine', status: 'won' },
      conflicts: [],
      theirs: ['status'],
    });
  });

  it('stays where both changed the same, and says so', () => {
    const { typed, conflicts } = rebased(base, { ...base, notes: 'mine' }, { ...base, notes: 'theirs' });
    expect(typed.notes).toBe('mine');
    expect(conflicts).toEqual([{ field: 'notes', mine: 'mine', theirs: 'theirs' }]);
  });

  it('is no conflict where both wrote the same', () => {
    expect(rebased(base, { ...base, status: 'won' }, { ...base, status: 'won' }).conflicts).toEqual([]);
  });
});

it('an owner whom the CRM says is nobody’s choice', () => {
  const lead = { status: 'new', next_call: null, notes: null, owner: 'Ada' };
  const crm = { label: 'Close', link: null, status: null };
  expect(followUpOf({ ...lead, crm: { ...crm, owner: 'Ada' } }).owner).toBe('');
  expect(followUpOf({ ...lead, crm: { ...crm, owner: 'Malik' } }).owner).toBe('Ada');
});
