import { describe, expect, it } from '@jest/globals';
import { layoutOf } from '../../../bin/members/header.ts';

describe('a header', () => {
  it.each([
    ['email,phone,status', { separator: ',', width: 3, email: [0], phone: [1], status: 2 }],
    ['Status;Name;E-Mail', { separator: ';', width: 3, email: [2], phone: [], status: 0 }],
    ['MAIL\tMembership', { separator: '\t', width: 2, email: [0], phone: [], status: 1 }],
    ['"Telephone", "State"', { separator: ',', width: 2, email: [], phone: [0], status: 1 }],
    ['email', { separator: ',', width: 1, email: [0], phone: [], status: undefined }],
    ['"Name; first, last";mobile', { separator: ';', width: 2, email: [], phone: [1], status: undefined }],
    ['a,b;email;status', { separator: ';', width: 3, email: [1], phone: [], status: 2 }],
  ])('%s says which column is which', (header, layout) => expect(layoutOf(header)).toEqual(layout));

  it('may name several columns of addresses and of numbers', () => {
    expect(layoutOf('email,mail,phone,mobile')).toMatchObject({ email: [0, 1], phone: [2, 3] });
  });

  it('of several that may be the status, says it with the one that says so', () => {
    expect(layoutOf('email,state,status')).toMatchObject({ status: 2 });
    expect(layoutOf('email,state,membership')).toMatchObject({ status: 2 });
  });

  it.each([
    'anna@example.com,active',
    'name,status',
    '"email,status',
    'emails',
    '\uFFFD\uFFFDe\0m\0a\0i\0l\0',
    '__proto__,constructor',
  ])('%j is none, which is said without repeating it', (header) => {
    expect(() => layoutOf(header)).toThrow(/^The first line must be a header in UTF-8 that names the columns: email, /);
    expect(() => layoutOf(header)).not.toThrow(/anna|\0/);
  });
});
