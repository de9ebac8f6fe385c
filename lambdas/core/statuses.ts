/** Where people stand with a lead; nothing is left to do where it is closed. */
export interface FollowUpStatus {
  key: string;
  label: string;
  is_closed: boolean;
}

/** What a tenant has that never said otherwise. */
export const defaultStatuses: FollowUpStatus[] = [
  { key: 'new', label: 'New', is_closed: false },
  { key: 'contacted', label: 'Contacted', is_closed: false },
  { key: 'qualified', label: 'Qualified', is_closed: false },
  { key: 'won', label: 'Won', is_closed: true },
  { key: 'lost', label: 'Lost', is_closed: true },
  { key: 'not_a_lead', label: 'Not a lead', is_closed: true },
];

/** The status of a lead among those of its tenant: the first one where it has none that the tenant knows. */
export const statusIn = (statuses: FollowUpStatus[], status: string | undefined): string =>
  statuses.find(({ key, label }) => key === status || label === status)?.key ?? statuses[0]?.key ?? 'new';
