import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import { newToken } from './new-token.ts';
import type { PageRequest } from './page-details.ts';
import { takenUp, tenantPages, titleOf } from './tenant-pages.ts';

/** Gives a page to the tenant, and takes up the leads that came before. */
export async function addPage(stage: Stage, request: PageRequest): Promise<void> {
  const { page: id, details } = request;
  const { tenant } = stage;
  if (!details.owner) throw new CommandError('Who gets the leads of the page? Add --owner "Name".');
  const pages = tenantPages(stage);
  if (await pages.find(id))
    throw new CommandError(`The page ${id} is there already: npm run pages -- change ${id}, or token ${id}.`);
  const { token, name } = await newToken(stage, request);
  const page = { source: 'meta', id, tenant, ...details, name: details.name || name };
  const waited = await pages.save(page, token);
  console.log(`The page ${titleOf(page)} is of the tenant ${tenant} now; its leads go to ${details.owner}.`);
  console.log(takenUp(waited));
  console.log(`npm run connect -- meta --page ${id} has Meta send its leads.`);
}
