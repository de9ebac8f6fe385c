import { removeAccount, saveAccount, WrongTenant } from '../../accounts/accounts.ts';
import { acceptToken, accountOf, accountsOf, deleteAccount, saveAccount as saveRow } from '../../aws/account-table.ts';
import { deleteToken, saveToken } from '../../aws/account-tokens.ts';
import { noteChange } from '../../aws/change-table.ts';
import { forgetNobodys } from '../../aws/event-table.ts';
import { parkedOf, unpark } from '../../aws/parked-table.ts';
import { sendAll } from '../../aws/queue.ts';
import { secretName } from '../../aws/secrets.ts';
import { isFilled, valueNow } from '../../aws/tenant-secrets.ts';
import type { Account } from '../../core/account.ts';
import { meta } from '../../sources/meta/index.ts';
import { pageName, sendsLeads } from '../../sources/meta/page-check.ts';
import { vendorFetch } from '../../vendor-fetch.ts';
import type { Actor } from '../actor.ts';
import type { ApiEnv } from '../env.ts';
import type { PagePorts } from '../pages.ts';

type PageId = Pick<Account, 'tenant' | 'id'>;

const source = 'meta';
/** Somebody waits for the answer, and API Gateway for no longer than 29 s: milliseconds. */
const DEADLINE = 5000;
/** So many waiting leads are counted. */
const MOST_WAITING = 100;

const at = () => new Date().toISOString();
const fetch = vendorFetch(DEADLINE);

/** Pages in the table, with their tokens, and the Graph API. */
export const pagePorts = (env: ApiEnv) => {
  const { TABLE_NAME } = env;
  const tokenName = ({ tenant, id }: PageId) =>
    secretName(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source, account: id });
  const graph = async ({ tenant }: PageId, token: string) => {
    const appSecret = await valueNow(secretName(env.SIGNATURE_SECRET_NAME, { tenant, source }));
    // A value of another form is as good as missing.
    return { fetch, baseUrl: env.GRAPH_URL, token, ...(appSecret && meta.keyForm.test(appSecret) && { appSecret }) };
  };
  const rules = {
    accountOf: (account: Pick<Account, 'source' | 'id'>) => accountOf(TABLE_NAME, account),
    saveAccount: (account: Account) => saveRow(TABLE_NAME, account, at()),
    deleteAccount: (account: Account) => deleteAccount(TABLE_NAME, account),
    acceptToken: (account: Account) => acceptToken(TABLE_NAME, account),
    saveToken: (account: Account, token: string) =>
      saveToken(
        tokenName(account),
        { description: `Access token of the page ${account.id} of ${account.tenant} at Meta`, tags: env.TAGS },
        token,
      ),
    deleteToken: (account: Account) => deleteToken(tokenName(account)),
    parkedOf: (...of: Parameters<typeof parkedOf> extends [string, ...infer Rest] ? Rest : never) =>
      parkedOf(TABLE_NAME, ...of),
    sendToCapture: (slices: object[]) => sendAll(env.CAPTURE_QUEUE_URL, slices),
    unpark: (parked: Parameters<typeof unpark>[1]) => unpark(TABLE_NAME, parked),
    forgetNobodys: (parked: Parameters<typeof forgetNobodys>[1]) => forgetNobodys(TABLE_NAME, parked),
  };
  const noted = async ({ tenant, id }: PageId, by: Actor) =>
    noteChange(TABLE_NAME, tenant, `page-${id}`, { by: { id: by.id, name: by.name }, at: at() });
  return {
    pagesOf: (tenant) => accountsOf(TABLE_NAME, { tenant, source }),
    pageOf: (id) => accountOf(TABLE_NAME, { source, id }),
    hasToken: (page) => isFilled(tokenName(page)),
    tokenOf: (page) => valueNow(tokenName(page)),
    waitingFor: async ({ tenant, id }) =>
      (await parkedOf(TABLE_NAME, { tenant, source, account: id }, { limit: MOST_WAITING })).length,
    nameAtMeta: async (page, token) => pageName(page.id, await graph(page, token)),
    sendsLeads: async (page, token) => sendsLeads(page.id, await graph(page, token)),
    savePage: async (page, token, by) => {
      const waited = await unlessAnothers(saveAccount(page, token, rules));
      if (waited !== undefined) await noted(page, by);
      return waited;
    },
    removePage: async (page, by) => {
      const removed = await unlessAnothers(removeAccount({ ...page, source }, rules).then(() => true));
      if (removed) await noted(page, by);
      return removed ?? false;
    },
  } satisfies Partial<PagePorts>;
};

async function unlessAnothers<T>(change: Promise<T>): Promise<T | undefined> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof WrongTenant) return undefined;
    throw error;
  }
}
