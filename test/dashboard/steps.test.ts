import { describe, expect, it } from '@jest/globals';
import type { Overview } from '../../lambdas/api/schemas/settings.ts';
import { command } from '../../dashboard/src/setup/command.ts';
import { progressOf, stepsOf } from '../../dashboard/src/setup/steps.ts';

const place = { stage: 'prod', tenant: 'north' };
const source = (id: string, label: string, has_key: boolean, has_verify_token: boolean | null = null) => ({
  id,
  label,
  callback_url: `https://hooks.example.org/webhooks/${id}`,
  has_key,
  has_verify_token,
});
const empty: Overview = {
  sources: [source('close', 'Close', false), source('meta', 'Meta', false, false), source('hubspot', 'HubSpot', false)],
  slack: { is_on: true, is_set: false },
  email: { is_on: true, addresses: 0 },
  pages: 0,
  portals: 0,
  users: 1,
  has_leads: false,
};
const states = (overview: Overview) => stepsOf(overview, 'admin', place).map(({ id, state }) => `${id} ${state}`);

describe('the setup checklist', () => {
  it('of an empty tenant begins with the sources and ends with a test lead', () =>
    expect(states(empty)).toEqual([
      'close-key open',
      'meta-key open',
      'meta-verify open',
      'meta-page open',
      'hubspot-key open',
      'hubspot-portal open',
      'slack open',
      'email open',
      'people open',
      'test open',
    ]));

  it('asks for one source only, and for one channel', () => {
    const begun: Overview = {
      ...empty,
      sources: [source('close', 'Close', true), source('meta', 'Meta', false, false)],
      slack: { is_on: true, is_set: true },
      users: 3,
    };
    expect(states(begun)).toEqual([
      'close-key done',
      'meta-key optional',
      'meta-verify optional',
      'meta-page optional',
      'slack done',
      'email optional',
      'people done',
      'test open',
    ]);
    expect(progressOf(stepsOf(begun, 'admin', place))).toEqual({ done: 3, of: 4 });
  });

  it('gives what an admin does to admins alone', () => {
    const set = { ...empty, slack: { is_on: true, is_set: true }, email: { is_on: true, addresses: 2 } };
    const doneBy = (role: 'manager' | 'admin', overview: Overview) =>
      stepsOf(overview, role, place)
        .filter(({ open, test }) => open ?? test)
        .map(({ id }) => id);
    expect(doneBy('admin', empty)).toEqual(['meta-verify', 'meta-page', 'slack', 'email']);
    expect(doneBy('manager', empty)).toEqual(['meta-page']);
    expect(doneBy('admin', set)).toEqual(['meta-verify', 'meta-page', 'slack', 'email']);
    expect(doneBy('manager', set)).toEqual(['meta-page']);
  });

  it('leaves out what the stage has switched off, and says so where it is everything', () => {
    const off = { ...empty, slack: { is_on: false, is_set: false }, email: { is_on: false, addresses: 0 } };
    expect(states({ ...off, sources: [] })).toEqual(['alerts open', 'people open', 'test open']);
    expect(states({ ...off, sources: [], email: { is_on: true, addresses: 1 } })[0]).toBe('email done');
  });

  it('sends the test lead where the signing key is', () => {
    const overview = { ...empty, sources: [source('close', 'Close', false), source('meta', 'Meta', true, true)] };
    expect(stepsOf(overview, 'admin', place).at(-1)?.command).toBe(
      'npm run send -- meta --test --stage prod --tenant north',
    );
  });
});

describe('a command', () => {
  it.each([
    ['connect close', 'prod', 'npm run connect -- close --stage prod --tenant north'],
    ['connect close', 'local', 'npm run connect -- close --local --tenant north'],
    ['send meta --test', 'local', 'npm run send -- meta --test --tenant north'],
  ])('%s of the stage %s is %s', (what, stage, expected) =>
    expect(command(what, { stage, tenant: 'north' })).toBe(expected),
  );
});
