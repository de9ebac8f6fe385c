import * as z from 'zod';

/** Whether the person behind a lead is a member: nothing known, a member now, or once one. */
export const categories = ['pending', 'subscribed', 'terminated'] as const;
export type Category = (typeof categories)[number];

/** What people read. */
export const categoryLabel: Record<Category, string> = {
  pending: 'Pending',
  subscribed: 'Already subscribed',
  terminated: 'Terminated',
};

/** What somebody says of a person; who says nothing is not asked. */
export type Membership = Exclude<Category, 'pending'>;

const Meanings = z.record(z.string(), z.enum(['subscribed', 'terminated']));

/** What a tenant's stages and labels say of membership, in any case of letters. */
export const MembershipWords = z.object({ lifecycleStages: Meanings, statusLabels: Meanings });
export type MembershipWords = z.infer<typeof MembershipWords>;

/** The words of a tenant; those under `*` where it has none of its own. */
export const wordsFor = (words: Record<string, MembershipWords>, tenant: string): MembershipWords =>
  (Object.hasOwn(words, tenant) ? words[tenant] : words['*']) ?? { lifecycleStages: {}, statusLabels: {} };

/** What a lead says of itself, by the stage of its life and by the label that people gave it. */
export function membershipIn(
  { lifecycle_stage, status_label }: { lifecycle_stage?: string | null; status_label: string | null },
  { lifecycleStages, statusLabels }: MembershipWords,
): Membership | undefined {
  return strongest([meaning(lifecycle_stage, lifecycleStages), meaning(status_label, statusLabels)]);
}

/** The category of a lead: a member is one whoever says so, and was one where somebody says that and nobody that they are. */
export const categoryOf = (said: (Category | undefined)[]): Category => strongest(said) ?? 'pending';

const strongest = (said: (Category | undefined)[]): Membership | undefined =>
  (['subscribed', 'terminated'] as const).find((membership) => said.includes(membership));

const meaning = (word: string | null | undefined, meanings: Record<string, Membership>): Membership | undefined =>
  Object.entries(meanings).find(([known]) => folded(known) === folded(word ?? ''))?.[1];

const folded = (text: string) => text.trim().toLowerCase();
