import { describe, expect, it } from '@jest/globals';
import { adviceOn } from '../../../dashboard/src/completeness/advice.ts';
import { account, unasked } from '../completeness-row.ts';

const reader = { role: 'admin', stage: 'prod', tenant: 'north', timeZone: 'Europe/Berlin' } as const;
const rep = { ...reader, role: 'rep' } as const;
const trouble = { trouble: 'Graph API: 190', trouble_since: '2026-05-14T10:00:00.000Z' };

describe('what is said of an account', () => {
  it('is nothing where it is complete', () => expect(adviceOn(account(), reader)).toEqual([]));

  it('Close without an API key was never compared, and there is a command for it', () =>
    expect(adviceOn(unasked, reader)).toEqual([
      {
        id: 'never',
        says: 'Never compared: Close’s own record can only be read with an API key, and none is filled in. The platform team does that with the command.',
        command: 'npm run connect -- close --api-key-stdin --stage prod --tenant north',
      },
    ]));

  it('a page that was added just now waits for its first comparison', () => {
    const [advice] = adviceOn(account({ compared_until: null, since: null }), reader);
    expect(advice).toEqual({
      id: 'never',
      says: 'Not compared yet. The first comparison begins by itself; Sync now begins it at once.',
    });
  });

  it.each([
    [account(trouble), { open: { label: 'Look at the pages', to: '/settings/pages' } }],
    [
      account({ ...trouble, source: 'hubspot', account: '7' }),
      { command: 'npm run portals -- token 7 --stage prod --tenant north' },
    ],
    [{ ...unasked, ...trouble }, { command: 'npm run connect -- close --api-key-stdin --stage prod --tenant north' }],
  ])('a vendor that can’t be asked comes with the reason, since when, and the way out: %#', (row, way) => {
    const [advice] = adviceOn(row, reader);
    expect(advice).toMatchObject({ id: 'trouble', ...way });
    expect(advice?.says).toContain('can’t be asked since 14 May, 12:00: Graph API: 190. It is asked again with each');
  });

  it('a rep is sent to who can mend it, without a command or a page that is not for them', () => {
    for (const row of [unasked, account(trouble), { ...unasked, ...trouble }]) {
      const [advice, ...more] = adviceOn(row, rep);
      expect(advice?.says).toMatch(/Your managers know what to do\.$/);
      expect([advice?.command, advice?.open, more]).toEqual([undefined, undefined, []]);
    }
  });

  it('leads that are missing, and a webhook that was off, are each said', () => {
    const row = account({
      ours: 410,
      difference: 1,
      webhook: 'woken',
      webhook_reason: 'Meta sent no leads of page 101.',
    });
    expect(adviceOn(row, rep).map(({ says }) => says)).toEqual([
      '1 lead of Meta Lead Ads is not here. For an hour each comparison looks for what is missing; what is not here then stays counted as missing.',
      'Meta sent no leads of page 101.',
    ]);
  });
});
