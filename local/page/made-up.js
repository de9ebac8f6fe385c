const people = [
  'Zoë Müller',
  'Amir Haddad',
  'Ngozi Okafor',
  'Tomás Vidal',
  'Mei-Ling Chen',
  'Saoirse O’Neill',
  'Jonas Lindqvist',
];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const pick = (list) => list[Math.floor(Math.random() * list.length)];
export const person = () => pick(people);
export const letters = (count) => made(count, alphabet);
/** Digits of an id, none of them leading for nothing. */
export const digits = (count) => made(1, '123456789') + made(count - 1, '0123456789');

const made = (count, from) =>
  Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => from[byte % from.length]).join('');
