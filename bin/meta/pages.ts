import { meta } from '../../lambdas/sources/meta/index.ts';
import type { AccountKind } from '../accounts/account-kind.ts';
import { TokenRefused } from '../accounts/token-refused.ts';
import { stageSecret } from '../stage-secret.ts';
import { graphApi, MetaRefused } from './graph.ts';

const { noun, command } = meta.account;

/** Facebook pages, each with a user who gets its leads. */
export const pages: AccountKind = {
  source: 'meta',
  vendor: meta.label,
  noun,
  command,
  about: 'Facebook pages whose leads come in from Meta: whose they are, who gets their leads, and their access tokens.',
  idIs: 'digits, as Meta shows it under About > Page transparency',
  details: {
    owner: "the page's user, who gets its leads",
    'owner-email': "the user's e-mail address",
    name: 'what people call the page (add: its name at Meta)',
    country: 'the country of phone numbers that come without one: DE',
  },
  async nameOf(stage, page, token) {
    const appSecret = await stageSecret(stage, 'signatureKey').read();
    try {
      return await graphApi(stage.graphUrl).nameOf({ page, token, appSecret });
    } catch (error) {
      if (!(error instanceof MetaRefused) || !error.isTokenRefused) throw error;
      throw new TokenRefused(`Meta does not accept this token (code ${error.code})`, { cause: error });
    }
  },
  next: (page) => `npm run connect -- meta --page ${page} has Meta send its leads.`,
};
