import type { Tables } from '../cloud/tables.ts';
import type { Member } from '../sign-in/development-users.ts';
import type { Template } from '../template/template.ts';
import { tableOf } from './local-settings.ts';
import { putOnce, type Row } from './put-once.ts';
import { keepSeeds, type Seeds } from './seeds.ts';

interface Places {
  template: Template;
  tables: Tables;
}

/**
 * Writes the rows of each tenant's development users, once in the life of the folder: what people change later stays so. A stage
 * without a user pool or a table has none. Says in a sentence where the table of the template takes none.
 */
export async function giveUsers(dataDir: string, seeds: Seeds, places: Places, say: (sentence: string) => void) {
  const table = tableOf(places.template);
  if (table === '' || places.template.of('AWS::Cognito::UserPool').length === 0) return;
  for (const [tenant, seed] of Object.entries(seeds.tenants)) {
    if (seed.usersGiven) continue;
    for (const person of seed.people) {
      const problem = await putOnce(places.tables, table, rowOf({ ...person, tenant }));
      if (problem !== undefined) return say(`The table ${table} does not take the users of ${tenant}: ${problem}.`);
    }
    seed.usersGiven = true;
    keepSeeds(dataDir, seeds);
  }
}

/** A user as the product writes it. */
const rowOf = ({ tenant, sub, name, email, role }: Member): Row => ({
  PK: `${tenant}#USERS`,
  SK: `USER#${sub}`,
  tenant,
  sub,
  name,
  email,
  role,
  names: [],
  edits: 0,
});
