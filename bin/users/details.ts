import * as z from 'zod';
import { type Role, roles } from '../../lambdas/api/schemas/me.ts';
import { CommandError } from '../command.ts';

/** A person as the command line describes them. */
export interface NewUser {
  email: string;
  name: string;
  role: Role;
}

/** An e-mail address on the command line, in small letters: sign-in makes no difference. */
export function emailIn(text: string | undefined, usage: string): string {
  if (text === undefined) throw new CommandError(`Who? Give an e-mail address.\n\n${usage}`);
  if (z.email().safeParse(text).success) return text.toLowerCase();
  throw new CommandError(`"${text}" is no e-mail address.`);
}

export function nameIn(text = ''): string {
  const name = text.trim();
  if (/^[^\p{Cc}]{1,200}$/u.test(name)) return name;
  throw new CommandError('What is the person called? Add --name "Name", 1 to 200 characters on one line.');
}

export function roleIn(text: string | undefined): Role {
  const role = roles.find((one) => one === text);
  if (role) return role;
  throw new CommandError(`Which role? Add --role with one of ${roles.join(', ')}.`);
}
