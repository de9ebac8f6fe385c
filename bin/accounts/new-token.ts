import { CommandError } from '../command.ts';
import { askSecret } from '../secret-input.ts';
import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import type { AccountKind } from './account-kind.ts';
import { TokenRefused } from './token-refused.ts';

/** Of any letters; only the vendor knows whether it is good. */
const form = /^[\x21-\x7e]{8,4000}$/;

interface NewToken {
  token: string;
  /** What the vendor calls the page or portal, where it could be asked and gives it a name. */
  name: string | undefined;
}

/** An access token for a page or portal, from a person. Throws a sentence where the vendor refuses it; where the vendor can't say, that is said. */
export async function newToken(
  stage: Stage,
  kind: AccountKind,
  { id, piped, unchecked }: AccountRequest,
): Promise<NewToken> {
  const what = `access token of the ${kind.noun} ${id}`;
  const token = await askSecret({ what, form, option: 'token-stdin', piped });
  return { token, name: unchecked ? undefined : await nameAtVendor(stage, kind, id, token) };
}

async function nameAtVendor(stage: Stage, kind: AccountKind, id: string, token: string): Promise<string | undefined> {
  try {
    return await kind.nameOf(stage, id, token);
  } catch (error) {
    if (error instanceof TokenRefused)
      throw new CommandError(`${error.message}, so it is not kept. --unchecked keeps it nevertheless.`, {
        cause: error,
      });
    if (!(error instanceof CommandError)) throw error;
    console.log(`The token could not be checked: ${error.message}`);
    return undefined;
  }
}
