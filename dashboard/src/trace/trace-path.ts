/** Where it stands what happened to a lead; alerts link there too. */
export const tracePath = (id: string): string => `/leads/${encodeURIComponent(id)}/trace`;
