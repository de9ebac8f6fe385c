import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { PageRequest } from './page-details.ts';
import { takenUp, tenantPages, titleOf } from './tenant-pages.ts';

/** Changes what is known of a page of the tenant; the leads that it brought stay as they are. */
export async function changePage(stage: Stage, { page: id, details }: PageRequest): Promise<void> {
  if (Object.values(details).every((detail) => detail === undefined))
    throw new CommandError('What to change? Add --owner, --owner-email, --name or --country.');
  const pages = tenantPages(stage);
  const known = await pages.get(id);
  const given = Object.fromEntries(Object.entries(details).filter(([, detail]) => detail !== undefined));
  const page = { ...known, ...given };
  const waited = await pages.save(page);
  console.log(
    `The page ${titleOf(page)} is changed; its leads go to ${page.owner || 'whom the owner directories know'}.`,
  );
  if (waited > 0) console.log(takenUp(waited));
}
