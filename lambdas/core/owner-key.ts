import { createHash } from 'node:crypto';

/** An owner’s name as it is compared: however it is written, it is the same person. */
export const foldedName = (name: string): string => name.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ');

/** The key of an owner of a tenant: names never stand in an address. */
export const ownerKey = (tenant: string, name: string): string =>
  createHash('sha256')
    .update(`${tenant}\n${foldedName(name)}`)
    .digest('hex')
    .slice(0, 16);
