import type { SourceWords } from './source.ts';

/** Where a lead comes from that a person added: no CRM, and so no webhook and no address. */
export const manual = { id: 'manual', label: 'Added by hand' } satisfies SourceWords & { id: string };

/** The id of a lead that a person added: the same however often it is sent. */
export const manualIdOf = (key: string): string => `manual_${key.toLowerCase().replaceAll('-', '')}`;
