/** What the columns of the table are called, on a phone each value by itself. */
export const columns = {
  account: 'Account',
  ours: 'Received here',
  vendor: 'At the vendor',
  difference: 'Difference',
  until: 'Verified until',
  fetched: 'Fetched',
  webhook: 'Webhook',
} as const;
