import { setAnswer } from '../stand-in.ts';
import type { CloseLead } from './leads.ts';

/** Makes a lead known to the stand-in for Close. */
export const tellStandIn = (closeUrl: string, { id, record }: CloseLead): Promise<void> =>
  setAnswer('Close', `${closeUrl}/lead/${id}/`, record);
