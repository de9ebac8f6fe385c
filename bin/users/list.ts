import { usersOf } from '../../lambdas/aws/user-table.ts';
import { plain } from '../../lambdas/core/plain.ts';
import { useAccess } from '../access.ts';
import { inColumns } from '../columns.ts';
import type { Stage } from '../stage.ts';

/** Shows everybody of every tenant, or of one. */
export async function listUsers(stage: Stage, isOfOneTenant: boolean): Promise<void> {
  useAccess(stage.access);
  const tenants = isOfOneTenant ? [stage.tenant] : stage.tenants;
  const rows = [['EMAIL', 'NAME', 'TENANT', 'ROLE', 'ALSO CALLED']];
  for (const tenant of tenants)
    for (const { email, name, role, names } of await usersOf(stage.table, tenant))
      rows.push([email, name, tenant, role, names.join(', ')].map((cell) => plain(cell) || '-'));
  if (rows.length === 1)
    return console.log(`There is nobody of ${tenants.join(', ')} yet: npm run users -- add makes an account.`);
  console.log(inColumns(rows));
}
