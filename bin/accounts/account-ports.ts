import { acceptToken, accountOf, deleteAccount, saveAccount } from '../../lambdas/aws/account-table.ts';
import { deleteToken, saveToken } from '../../lambdas/aws/account-tokens.ts';
import { forgetNobodys } from '../../lambdas/aws/event-table.ts';
import { parkedOf, unpark } from '../../lambdas/aws/parked-table.ts';
import { sendAll } from '../../lambdas/aws/queue.ts';
import type { AccountPorts } from '../../lambdas/accounts/accounts.ts';
import { tagsOf } from '../../lib/tags.ts';
import { useAccess } from '../access.ts';
import { tokenName } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import type { AccountKind } from './account-kind.ts';

/** The table, the secrets and the capture queue of a stage, for the rules of lambdas/accounts. */
export function accountPorts(stage: Stage, { noun, vendor }: AccountKind): AccountPorts {
  useAccess(stage.access);
  const { table } = stage;
  return {
    accountOf: (account) => accountOf(table, account),
    saveAccount: (account) => saveAccount(table, account, new Date().toISOString()),
    deleteAccount: (account) => deleteAccount(table, account),
    acceptToken: (account) => acceptToken(table, account),
    saveToken: (account, token) =>
      saveToken(
        tokenName(stage, account),
        {
          description: `Access token of the ${noun} ${account.id} of ${account.tenant} at ${vendor}`,
          tags: tagsOf(stage.settings),
        },
        token,
      ),
    deleteToken: (account) => deleteToken(tokenName(stage, account)),
    parkedOf: (place, page) => parkedOf(table, place, page),
    sendToCapture: (slices) => sendAll(stage.captureQueueUrl, slices),
    unpark: (parked) => unpark(table, parked),
    forgetNobodys: (parked) => forgetNobodys(table, parked),
  };
}
