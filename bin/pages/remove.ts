import type { Stage } from '../stage.ts';
import type { PageRequest } from './page-details.ts';
import { parkedCount, tenantPages, titleOf } from './tenant-pages.ts';

/** Takes a page from the tenant, and its token with it. */
export async function removePage(stage: Stage, { page: id }: PageRequest): Promise<void> {
  const pages = tenantPages(stage);
  const page = await pages.get(id);
  const waiting = await parkedCount(stage, page);
  await pages.remove(page);
  console.log(`The page ${titleOf(page)} is taken from the tenant ${page.tenant}, and its token is deleted.`);
  console.log('Leads that it brought stay. New ones are kept, and told to nobody until the page is added again.');
  if (waiting > 0) console.log(`Leads of it that wait until ${page.tenant} adds it again: ${waiting}.`);
}
