import type { Account } from '../core/account.ts';
import { Gone, Later, Refused, TokenRefused } from '../core/failures.ts';
import { Failed } from './failed.ts';
import type { Tested } from './schemas/settings.ts';

type PageId = Pick<Account, 'tenant' | 'id'>;

export interface TokenPorts {
  /** A page's name at Meta. Throws as `Hydration.read` does. */
  nameAtMeta: (page: PageId, token: string) => Promise<string | null>;
  /** Whether Meta sends us the page's leads. Throws likewise. */
  sendsLeads: (page: PageId, token: string) => Promise<boolean>;
  /** The token of a page as of now; `undefined` where there is none. */
  tokenOf: (page: PageId) => Promise<string | undefined>;
}

const permissions = 'leads_retrieval, pages_manage_metadata, pages_show_list, pages_read_engagement and ads_management';
const newToken = 'Make a new one for this page at Meta (Business settings, System users) and enter it here';

/** Asks Meta about a new token. Throws where Meta refuses it; where Meta can't say, that is said and the token is good enough to keep. */
export async function checkToken(
  page: PageId,
  token: string,
  ports: TokenPorts,
): Promise<{ name: string | null; says: string | null }> {
  try {
    return { name: await ports.nameAtMeta(page, token), says: null };
  } catch (error) {
    if (error instanceof TokenRefused)
      throw new Failed('refused', `Meta does not accept this token, so it is not kept. ${newToken}.`);
    const problem = problemIn(error);
    if (problem === undefined) throw error;
    return { name: null, says: `The token is kept, but it could not be checked: ${problem}` };
  }
}

/** Whether leads of a page can come in, and if not, what to do. */
export async function testPage(page: PageId, ports: TokenPorts): Promise<Tested> {
  const token = await ports.tokenOf(page);
  if (token === undefined)
    return { ok: false, says: 'This page has no token: its leads wait. Enter the page’s access token here.' };
  try {
    await ports.nameAtMeta(page, token);
    if (await ports.sendsLeads(page, token))
      return { ok: true, says: 'The token works, and Meta sends the leads of this page.' };
    return {
      ok: false,
      says: `The token works, but Meta does not send the leads of this page: npm run connect -- meta --page ${page.id} subscribes it.`,
    };
  } catch (error) {
    const problem = problemIn(error);
    if (problem === undefined) throw error;
    return { ok: false, says: problem };
  }
}

/** What Meta has against it, in words; `undefined` for what is not Meta's answer. */
function problemIn(error: unknown): string | undefined {
  if (error instanceof TokenRefused) return `Meta does not accept the token of this page any more. ${newToken}.`;
  if (error instanceof Refused)
    return `Meta lets this token not do what is needed. Make one with the permissions ${permissions}.`;
  if (error instanceof Gone)
    return 'Meta knows no page with this id, or does not show it to this token. Compare the id with the one under About, Page transparency.';
  return error instanceof Later ? 'Meta does not answer just now. Test the page again in some minutes.' : undefined;
}
