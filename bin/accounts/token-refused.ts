import { CommandError } from '../command.ts';

/** The vendor says that a token is of no use here. */
export class TokenRefused extends CommandError {}
