import { describe, expect, it } from '@jest/globals';
import { suggestionFor } from '../../dashboard/src/settings/users/suggestion.ts';

const user = (name: string, email: string, names: string[] = []) => ({ name, email, names });
const users = [
  user('Zoë Müller', 'zoe.muller@example.com'),
  user('Anna Weber', 'anna@example.com', ['A. Weber-Schulz']),
  user('Anna Berg', 'a.berg@example.com'),
];

describe('who an owner probably is', () => {
  it.each([
    ['zoe MULLER', 'Zoë Müller'],
    ['Muller, Zoe', 'Zoë Müller'],
    ['Weber Schulz', 'Anna Weber'],
    ['Zoë', 'Zoë Müller'],
    ['Anna', undefined],
    ['Zoë Smith', undefined],
    ['Grace Hopper', undefined],
    ['', undefined],
    ['…', undefined],
  ])('%j: %s', (owner, expected) => expect(suggestionFor(owner, users)?.name).toBe(expected));
});
