import type { Stage } from '../stage.ts';
import { newToken } from './new-token.ts';
import type { PageRequest } from './page-details.ts';
import { takenUp, tenantPages, titleOf } from './tenant-pages.ts';

/** Replaces the token of a page of the tenant; leads that waited for it go on. */
export async function replaceToken(stage: Stage, request: PageRequest): Promise<void> {
  const pages = tenantPages(stage);
  const page = await pages.get(request.page);
  const { token } = await newToken(stage, request);
  const waited = await pages.save(page, token);
  console.log(`The token of the page ${titleOf(page)} is replaced.`);
  console.log(takenUp(waited));
}
