/** Where people see what happened to a lead; `dashboard` is its address, without a trailing slash. */
export const traceLink = (dashboard: string, leadId: string): string =>
  `${dashboard}/leads/${encodeURIComponent(leadId)}/trace`;

/** Where people see all leads. */
export const listLink = (dashboard: string): string => `${dashboard}/`;
