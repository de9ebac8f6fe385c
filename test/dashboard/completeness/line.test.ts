import { describe, expect, it } from '@jest/globals';
import { lineOf } from '../../../dashboard/src/completeness/line.ts';
import { account, unasked } from '../completeness-row.ts';

const portal = account({
  source: 'hubspot',
  source_label: 'HubSpot',
  account: '7',
  account_name: null,
  vendor: 1,
  ours: 1,
});
const verified = 'verified to 14 May, 14:05';

describe('the line of completeness', () => {
  it('says how many came in, how many each vendor counts, and until when that is known', () =>
    expect(lineOf([unasked, account(), portal], 'Europe/Berlin')).toEqual({
      text: `Received 412 = Meta Lead Ads 411 + HubSpot 1, ${verified}`,
      isFine: true,
    }));

  it('adds up the accounts of a source, and is no newer than the oldest of them', () =>
    expect(
      lineOf([account({ compared_until: '2026-05-14T12:40:00.000Z' }), account({ account: '102' })], 'Europe/Berlin'),
    ).toEqual({ text: `Received 822 = Meta Lead Ads 822, ${verified}`, isFine: true }));

  it('names only the time of what was compared today', () => {
    const now = new Date().toISOString();
    expect(lineOf([account({ compared_until: now })], 'UTC')?.text).toMatch(/verified to \d\d:\d\d$/);
  });

  it('asks for attention where something is missing', () =>
    expect(lineOf([account({ ours: 1409, vendor: 1411, difference: 2 })], 'Europe/Berlin')).toEqual({
      text: `Received 1,409 ≠ Meta Lead Ads 1,411, 2 missing, ${verified}`,
      isFine: false,
    }));

  it('asks for attention where a vendor can’t be asked, or posts nothing', () => {
    expect(lineOf([account({ trouble: 'Graph API: 190', trouble_since: null })], 'Europe/Berlin')).toEqual({
      text: `Received 411 = Meta Lead Ads 411, ${verified} · Meta Lead Ads (North) can’t be asked`,
      isFine: false,
    });
    expect(lineOf([account({ webhook: 'off' })], 'Europe/Berlin')).toEqual({
      text: `Received 411 = Meta Lead Ads 411, ${verified} · Meta Lead Ads (North) posts nothing to us`,
      isFine: false,
    });
    expect(lineOf([{ ...unasked, trouble: 'Close API: 401' }], 'UTC')).toEqual({
      text: 'Close can’t be asked',
      isFine: false,
    });
  });

  it('is not there where no vendor was asked yet', () => {
    expect(lineOf([], 'UTC')).toBeNull();
    expect(lineOf([unasked], 'UTC')).toBeNull();
  });
});
