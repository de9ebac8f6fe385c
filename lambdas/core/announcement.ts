import { categoryLabel } from './category.ts';
import type { CategoryChange, Lead } from './lead.ts';
import type { SourceWords } from './source.ts';

/** A message for a topic: what a queue gets, and what a person reads in an e-mail. */
export interface Announcement {
  subject: string;
  body: { default: string; email: string };
}

/**
 * What the topic says of a lead's category: ids and categories, and nothing that a person typed, since it goes where no erasure
 * reaches. `id` is the same for each repeat of it, and `version` counts up by one.
 */
export function announcementOf(
  { tenant, lead_id, source, isTest }: Lead,
  { version, category, previous, at }: CategoryChange,
  known: SourceWords | undefined,
): [Announcement, Record<string, string>] {
  const id = `${tenant}/${lead_id}/${version}`;
  // `a lead of Close`, `a lead added by hand`
  const lead = known && !known.linkTo ? `lead ${known.label.toLowerCase()}` : `lead of ${known?.label ?? source}`;
  const now = categoryLabel[category];
  const said = previous === null ? `is new: ${now}` : `is ${now} now, and was ${categoryLabel[previous]}`;
  const content = { v: 1, id, version, lead_id, tenant, source, category, previous, at, is_test: isTest };
  const mark = isTest ? 'TEST ' : '';
  return [
    {
      subject: `${mark}${now}: a ${lead}`,
      body: {
        default: JSON.stringify(content),
        email: [`${mark}A ${lead} ${said}.`, '', known?.linkTo?.(lead_id) ?? '', '', `Lead ID ${lead_id}`].join('\n'),
      },
    },
    { category, source, tenant, lead_id },
  ];
}
