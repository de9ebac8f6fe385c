import { CommandError } from '../command.ts';
import { graphApi, MetaRefused } from '../meta/graph.ts';
import { askSecret } from '../secret-input.ts';
import { stageSecret } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import type { PageRequest } from './page-details.ts';

/** Of any letters; only Meta knows whether it is good. */
const form = /^[\x21-\x7e]{8,4000}$/;

interface NewToken {
  token: string;
  /** The page's name at Meta, where it could be asked. */
  name: string | undefined;
}

/** An access token for a page, from a person. Throws a sentence where Meta does not accept it; where Meta can't say, that is said. */
export async function newToken(stage: Stage, { page, piped, unchecked }: PageRequest): Promise<NewToken> {
  const token = await askSecret({ what: `access token of the page ${page}`, form, option: 'token-stdin', piped });
  return { token, name: unchecked ? undefined : await nameAtMeta(stage, page, token) };
}

async function nameAtMeta(stage: Stage, page: string, token: string): Promise<string | undefined> {
  const appSecret = await stageSecret(stage, 'signatureKey').read();
  try {
    return await graphApi(stage.graphUrl).nameOf({ page, token, appSecret });
  } catch (error) {
    if (error instanceof MetaRefused && error.isTokenRefused)
      throw new CommandError(
        `Meta does not accept this token (code ${error.code}), so it is not kept. --unchecked keeps it nevertheless.`,
        { cause: error },
      );
    if (!(error instanceof CommandError)) throw error;
    console.log(`The token could not be checked: ${error.message}`);
    return undefined;
  }
}
