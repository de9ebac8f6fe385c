import { describe, expect, it } from '@jest/globals';
import { inWords } from '../../../dashboard/src/live/sync-result.ts';

const nothing = { compared: 50, missing: 0, changed: 0, gone: 0 };
const said = (stored: Partial<typeof nothing>) => inWords({ stored: { ...nothing, ...stored }, vendors: null });

describe('the result of a check in words', () => {
  it('everything is here', () => {
    expect(said({})).toBe('Everything is here: 50 leads compared, none was missing.');
    expect(said({ compared: 1 })).toBe('Everything is here: 1 lead compared, none was missing.');
    expect(said({ compared: 0 })).toBe('Everything is here: nothing is stored for this view.');
  });

  it('something was not', () => {
    expect(said({ missing: 2 })).toBe('2 leads were missing and are shown now.');
    expect(said({ missing: 1, changed: 1, gone: 1 })).toBe(
      '1 lead was missing and is shown now. 1 lead had changed and is up to date now. 1 lead no longer belongs here and was taken out.',
    );
  });

  it('vendors have their own words', () => {
    const vendors = [{ source: 'meta', label: 'Meta', compared: 7, missing: 2 }];
    expect(inWords({ stored: nothing, vendors })).toMatch(/none was missing. Meta: 2 leads of 7 were missing.$/);
  });
});
