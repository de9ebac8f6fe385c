import { accountsOf } from '../../lambdas/aws/account-table.ts';
import { useAccess } from '../access.ts';
import { CommandError } from '../command.ts';
import { tokenOf } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import { graphApi } from './graph.ts';

interface Wanted {
  /** One page of the tenant instead of all. */
  page: string | undefined;
  appSecret: string;
}

/** Subscribes the app to the leads of the tenant's pages, each with its own token, and says what came of each. Throws where one is left. */
export async function subscribePages(stage: Stage, { page, appSecret }: Wanted): Promise<void> {
  useAccess(stage.access);
  const { tenant } = stage;
  const all = await accountsOf(stage.table, { tenant, source: 'meta' });
  const meant = all.filter(({ id }) => page === undefined || page === id);
  if (page !== undefined && meant.length === 0)
    throw new CommandError(`The tenant ${tenant} has no page ${page}: npm run pages -- add ${page} gives it to it.`);
  if (meant.length === 0) console.log(`The tenant ${tenant} has no page yet: npm run pages -- add gives it one.`);
  let left = 0;
  for (const account of meant) {
    const { id, name } = account;
    const token = await tokenOf(stage, account);
    const problem = await problemOf(stage, { page: id, token, appSecret });
    if (problem !== undefined) left += 1;
    console.log(`  page ${id}${name ? ` (${name})` : ''}: ${problem ?? 'subscribed to leadgen'}`);
  }
  if (left > 0) throw new CommandError(`${left} of ${meant.length} pages ${left === 1 ? 'is' : 'are'} not subscribed.`);
}

/** Why a page could not be subscribed. */
async function problemOf(
  { graphUrl }: Stage,
  { page, token, appSecret }: { page: string; token: string | undefined; appSecret: string },
): Promise<string | undefined> {
  if (token === undefined) return `There is no token of it: npm run pages -- token ${page} takes one.`;
  try {
    await graphApi(graphUrl).subscribePage({ page, token, appSecret });
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}
