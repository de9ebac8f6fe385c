import { removeUser, usersOf } from '../../lambdas/aws/user-table.ts';
import { useAccess } from '../access.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import { userPool } from './user-pool.ts';

/** Ends an account of the tenant and removes its row, also where an earlier try ended between the two. */
export async function takeUser(stage: Stage, email: string): Promise<void> {
  const { tenant, table } = stage;
  const pool = await userPool(stage);
  const known = await pool.find(email);
  if (known && known.tenant !== tenant)
    throw new CommandError(
      `${email} is of the tenant ${known.tenant}, not of ${tenant}: add --tenant ${known.tenant}.`,
    );
  useAccess(stage.access);
  const rows = (await usersOf(table, tenant)).filter((user) => user.email.toLowerCase() === email);
  if (!known && rows.length === 0) throw new CommandError(`The tenant ${tenant} has nobody with the address ${email}.`);
  if (known) await pool.end(email);
  for (const { id } of rows) await removeUser(table, { tenant, id });
  console.log(`${email} is removed from ${tenant}; where they are signed in, that ends within an hour.`);
}
