import type { LeadRow } from '../api/types.ts';

/** What people read for categories; the API’s own words hold a library that the page does without. */
export const categoryLabels: Record<LeadRow['category'], string> = {
  pending: 'Pending',
  subscribed: 'Already subscribed',
  terminated: 'Terminated',
};

/** What people read for the sources that a filter names. */
export const sourceLabels = {
  close: 'Close',
  meta: 'Meta',
  hubspot: 'HubSpot',
  manual: 'Added by hand',
};

/** Where a lead came from, in a word. */
export const sourceOf = ({ is_manual, source_label }: Pick<LeadRow, 'is_manual' | 'source_label'>): string =>
  is_manual ? sourceLabels.manual : source_label;
