import type { Settings } from './config.ts';

/** What everything of a stage is tagged with, also what is made at run time. */
export const tagsOf = ({ stage, costCenter }: Settings) => ({ app: 'lead-relay', stage, 'cost-center': costCenter });
