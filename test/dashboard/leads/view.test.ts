import { describe, expect, it } from '@jest/globals';
import { filterOf, queryOf, viewIn, withPart } from '../../../dashboard/src/leads/view.ts';

const read = (query: string) => viewIn(new URLSearchParams(query));

describe('the view in an address', () => {
  it('is read, and written the same', () => {
    const query = 'list=Meta+Ads+Leads&source=meta&status=new&owner=00112233445566aa&from=2026-05-01';
    expect(queryOf(read(query))).toBe(query);
  });

  it('leaves out what is not of its form', () => {
    expect(read('source=ftp&mine=yes&from=yesterday&owner=Ada&status=DROP&q=zoe&due=2026-05-14')).toEqual({
      due: '2026-05-14',
    });
  });

  it('has one order', () => expect(queryOf(read('to=2026-05-02&mine=true'))).toBe('mine=true&to=2026-05-02'));

  it('due today is the day of the tenant', () => {
    expect(filterOf({ due: 'today', mine: 'true' }, '2026-05-14')).toEqual({ due: '2026-05-14', mine: 'true' });
    expect(filterOf({}, '2026-05-14')).toEqual({});
  });

  it('has parts that come and go', () => {
    expect(withPart({ mine: 'true' }, 'source', 'meta')).toEqual({ mine: 'true', source: 'meta' });
    expect(withPart({ mine: 'true', source: 'meta' }, 'source', undefined)).toEqual({ mine: 'true' });
  });
});
