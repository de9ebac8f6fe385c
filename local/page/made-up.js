const people = [
  'Zoë Müller',
  'Amir Haddad',
  'Ngozi Okafor',
  'Tomás Vidal',
  'Mei-Ling Chen',
  'Saoirse O’Neill',
  'Jonas Lindqvist',
];
export const companies = ['Kestrel Bakery', 'Hafen & Sohn', 'Patagonia Timber', 'Lumen Studio'];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const pick = (list) => list[Math.floor(Math.random() * list.length)];
export const person = () => pick(people);
/** `Zoë Müller` has `zoe.muller@mail.example`. */
export const addressOf = (name) =>
  `${name
    .normalize('NFD')
    .replaceAll(/[^a-z -]/gi, '')
    .replaceAll(' ', '.')
    .toLowerCase()}@mail.example`;
export const letters = (count) => made(count, alphabet);
/** Digits of an id, none of them leading for nothing. */
export const digits = (count) => made(1, '123456789') + made(count - 1, '0123456789');

const made = (count, from) =>
  Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => from[byte % from.length]).join('');
