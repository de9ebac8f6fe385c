import type { User } from '../../../../lambdas/api/schemas/settings.ts';

/** Who an owner probably is: the one user whose name or address has the most words of it, and two at least unless it is all. */
export function suggestionFor<U extends Pick<User, 'name' | 'names' | 'email'>>(
  owner: string,
  users: U[],
): U | undefined {
  const asked = wordsOf(owner);
  const enough = Math.min(2, asked.size);
  const scored = users
    .map((user) => {
      const known = wordsOf([user.name, ...user.names, user.email.split('@')[0]].join(' '));
      return { user, score: [...asked].filter((word) => known.has(word)).length };
    })
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || enough === 0 || best.score < enough || best.score === next?.score) return undefined;
  return best.user;
}

const wordsOf = (text: string) =>
  new Set(
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );
