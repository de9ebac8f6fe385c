/** Where the exports of a tenant are. */
export const exportFolder = (prefix: string, tenant: string): `${string}/` => `${prefix}${tenant}/`;

/** `exports/north/{id}.csv`. */
export const exportKey = (prefix: string, { tenant, id }: { tenant: string; id: string }) =>
  `${exportFolder(prefix, tenant)}${id}.csv`;
