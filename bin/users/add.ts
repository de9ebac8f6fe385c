import { noteUser } from '../../lambdas/aws/user-table.ts';
import { useAccess } from '../access.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { NewUser } from './details.ts';
import { userPool } from './user-pool.ts';

/** Makes an account in the tenant, or changes name and role of one that is there. */
export async function addUser(stage: Stage, person: NewUser): Promise<void> {
  const { tenant, table } = stage;
  const { email, name, role } = person;
  const pool = await userPool(stage);
  const known = await pool.find(email);
  if (known && known.tenant !== tenant)
    throw new CommandError(
      `${email} has an account in the tenant ${known.tenant || 'of nobody'} already. Somebody of two tenants has an address for each.`,
    );
  if (known) await pool.change(person);
  const { id } = known ?? (await pool.create(person, tenant));
  useAccess(stage.access);
  // The row is there before the first sign-in, so that other names can be entered already.
  await noteUser(table, { tenant, id, name, email, role }, new Date().toISOString());
  console.log(
    known
      ? `${email} is ${name}, ${role} of ${tenant} now; where they are signed in, within an hour.`
      : `${email} is ${name}, ${role} of ${tenant}. AWS sends them a mail with a password that is good for a week.`,
  );
}
