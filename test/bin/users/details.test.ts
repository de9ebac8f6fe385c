import { expect, it } from '@jest/globals';
import { emailIn, nameIn, roleIn } from '../../../bin/users/details.ts';

it('an address is one, in small letters', () => {
  expect(emailIn('Ana@Example.org', '')).toBe('ana@example.org');
  expect(() => emailIn('ana', '')).toThrow('"ana" is no e-mail address.');
  expect(() => emailIn(undefined, 'Usage')).toThrow(/^Who\?.*\n\nUsage$/);
});

it('a name is on one line', () => {
  expect(nameIn(' Ana Diaz ')).toBe('Ana Diaz');
  for (const name of [undefined, '  ', 'a\nb', 'a'.repeat(201)]) expect(() => nameIn(name)).toThrow('--name');
});

it('a role is one of three', () => {
  expect(roleIn('admin')).toBe('admin');
  for (const role of [undefined, 'root', 'Admin']) expect(() => roleIn(role)).toThrow('rep, manager, admin');
});
