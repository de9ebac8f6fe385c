import { describe, expect, it } from '@jest/globals';
import { layoutOf } from '../../../bin/members/header.ts';
import { memberIn } from '../../../bin/members/member.ts';

const layout = layoutOf('email,phone,status');
const read = (email: string, phone = '', status = '', country?: string) =>
  memberIn([email, phone, status], layout, country);
const anna = { identifiers: ['email:anna@example.com'], membership: 'subscribed' };

describe('a row', () => {
  it('is a person by address and number, as leads are', () => {
    expect(read(' Anna@Example.com ', '+49 30 901820')).toEqual({
      identifiers: ['email:anna@example.com', 'phone:+4930901820'],
      membership: 'subscribed',
    });
  });

  it('is one by a number alone, read with the country where it comes without one', () => {
    expect(read('', '030 901820', '', 'DE')).toMatchObject({ identifiers: ['phone:+4930901820'] });
    expect(read('', '030 901820')).toMatchObject({ identifiers: ['phone:030901820'] });
    expect(read('not an address', '030 901820')).toMatchObject({ identifiers: ['phone:030901820'] });
  });

  it('is one by several addresses and numbers, each once', () => {
    const several = layoutOf('email,mail,phone,mobile');
    const cells = ['a@example.com', 'A@EXAMPLE.COM', '+4930901820', '+491701234567'];
    expect(memberIn(cells, several, undefined)).toMatchObject({
      identifiers: ['email:a@example.com', 'phone:+4930901820', 'phone:+491701234567'],
    });
  });

  it.each(['', 'active', 'Subscribed', 'MEMBER', ' current ', 'yes'])('says with %j that they are a member', (status) =>
    expect(read('anna@example.com', '', status)).toEqual(anna),
  );

  it.each(['ended', 'Terminated', 'CANCELLED', 'canceled', 'former', 'inactive', 'expired', 'no'])(
    'says with %j that they were one',
    (status) => expect(read('anna@example.com', '', status)).toEqual({ ...anna, membership: 'terminated' }),
  );

  it('of a list without status is a member', () => {
    expect(memberIn(['anna@example.com'], layoutOf('email'), undefined)).toEqual(anna);
  });

  it.each([
    [['', ''], 'no usable e-mail address or phone number'],
    [['anna(at)example.com', '12345'], 'no usable e-mail address or phone number'],
    [['=HYPERLINK("http://x.example", "a@b")', ''], 'no usable e-mail address or phone number'],
    [['anna@example.com', '', 'perhaps'], 'unknown status'],
    [['anna@example.com', '', '__proto__'], 'unknown status'],
    [['zo\uFFFD@example.com', ''], 'not in UTF-8'],
  ])('%j can not be used, without saying what stands in it', ([email = '', phone, status], reason) =>
    expect(read(email, phone, status)).toBe(reason),
  );
});
