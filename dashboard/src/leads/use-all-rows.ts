import { useMemo } from 'react';
import type { LeadRow } from '../api/types.ts';
import { type ListData, rowsOf } from './list-data.ts';

/** All loaded leads; the same array for as long as they are the same. */
export const useAllRows = (data: ListData | undefined): LeadRow[] => useMemo(() => rowsOf(data), [data]);
