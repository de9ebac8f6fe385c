import { describe, expect, it } from '@jest/globals';
import { firstGiven, given } from '../../lambdas/core/given.ts';

describe('what counts as given', () => {
  it.each([
    ['Webinar', 'Webinar'],
    ['  Webinar\n', 'Webinar'],
    ['none', 'none'],
    [62330063, '62330063'],
    [0, '0'],
  ])('%j is given', (value, text) => expect(given(value)).toBe(text));

  it.each([[''], ['   '], ['\n\t'], ['None'], [' None '], [null], [undefined], [true], [{}], [['a']]])(
    '%j is not given',
    (value) => expect(given(value)).toBeNull(),
  );

  it.each([['\u200B'], ['\u0000'], [' \u200E\u2060 '], ['\uFEFF'], ['\u3164\u2800']])(
    'text without anything to see, such as %j, is not given',
    (value) => expect(given(value)).toBeNull(),
  );
});

it('the first value that is given is taken', () => {
  expect(firstGiven(null, 'None', ' ', 'Ada', 'Grace')).toBe('Ada');
  expect(firstGiven('', undefined)).toBeNull();
});
