/** Whether the person behind a lead is a member: nothing known, a member now, or once one. */
export const categories = ['pending', 'subscribed', 'terminated'] as const;
export type Category = (typeof categories)[number];

/** What people read. */
export const categoryLabel: Record<Category, string> = {
  pending: 'Pending',
  subscribed: 'Already subscribed',
  terminated: 'Terminated',
};
