import { describe, expect, it } from '@jest/globals';
import { inWords } from '../../../dashboard/src/live/sync-result.ts';
import { unknown, vendorResult } from '../../../dashboard/src/live/vendor-result.ts';
import type { Completeness, SyncJob } from '../../../lambdas/api/schemas/sync.ts';
import { account, unasked } from '../completeness-row.ts';
import { at } from '../row.ts';

const job: SyncJob = { id: 'a-job', state: 'done', vendor: 0, ours: 0, missing: 0, fetched: 0, said: null };
const stored = { compared: 50, missing: 0, changed: 0, gone: 0 };
const here = 'Everything is here: 50 leads compared, none was missing.';
const said = (rows: Completeness[], of: Partial<SyncJob> = {}, hasEnded = true) =>
  inWords({ stored, ...vendorResult({ job: { ...job, ...of }, hasEnded }, rows, at(0)) });
const portal = account({ source: 'hubspot', source_label: 'HubSpot', account: '7', vendor: 1, ours: 1 });

describe('the result of a comparison with the vendors in words', () => {
  it('all leads are here', () => {
    expect(said([unasked, account(), portal])).toBe(
      `${here} Compared with Meta Lead Ads and HubSpot: 412 there, 412 here.`,
    );
    expect(said([account()])).toBe(`${here} Compared with Meta Lead Ads: 411 there, 411 here.`);
  });

  it('what was missing has been fetched', () => {
    expect(said([account()], { fetched: 1 })).toMatch(/411 here\. 1 delivery had not come in and has been fetched\.$/);
    expect(said([account()], { fetched: 3 })).toMatch(/3 deliveries had not come in and have been fetched\.$/);
  });

  it('something is still missing', () =>
    expect(said([account({ ours: 409, difference: 2 }), portal])).toBe(
      `${here} Compared with HubSpot: 1 there, 1 here. Meta Lead Ads: 2 leads of 411 were missing.`,
    ));

  it('a vendor could not be asked', () => {
    const refused = account({ trouble: 'Graph API: 190', trouble_since: null });
    expect(said([refused, portal], { state: 'failed', said: 'Meta Lead Ads: Graph API: 190' })).toBe(
      `${here} Compared with HubSpot: 1 there, 1 here. Meta Lead Ads (North) could not be asked: Graph API: 190.`,
    );
    expect(said([portal], { state: 'failed', said: 'Close: gone' })).toMatch(
      /The comparison did not reach its end\. Close: gone\.$/,
    );
  });

  it('there was nothing to compare with', () =>
    expect(said([unasked], { said: 'there is nothing to compare' })).toBe(
      `${here} There was no vendor to compare with: none is connected with a token yet.`,
    ));

  it('it goes on with who lets us wait, or did not begin', () => {
    const late = account({ source: 'hubspot', source_label: 'HubSpot', account: '7', compared_until: at(-1) });
    const goesOn = 'takes longer and goes on; what it fetches appears here by itself.';
    expect(said([unasked, account(), late], { state: 'running' }, false)).toBe(
      `${here} Compared with Meta Lead Ads: 411 there, 411 here. The comparison with HubSpot (North) ${goesOn}`,
    );
    expect(said([unasked], { state: 'waiting' }, false)).toBe(`${here} The comparison with the vendors ${goesOn}`);
    expect(inWords({ stored, ...unknown('It did not work.') })).toBe(`${here} It did not work.`);
  });
});
