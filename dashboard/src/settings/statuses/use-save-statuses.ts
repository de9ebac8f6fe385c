import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Status } from '../../../../lambdas/api/schemas/me.ts';
import type { Statuses } from '../types.ts';
import { dataOf } from '../../api/data-of.ts';
import { isFailure } from '../../api/failure.ts';

const path = '/settings/statuses';

/** Saves the statuses; where somebody else did meanwhile, `theirs` is what is stored now. */
export function useSaveStatuses() {
  const client = useQueryClient();
  const [theirs, setTheirs] = useState<Statuses | null>(null);
  const take = (now: Statuses) => {
    setTheirs(null);
    client.setQueryData([path], now);
    // The pages that choose from them read them with who is signed in.
    void client.invalidateQueries({ queryKey: ['me'] });
  };
  const save = async (statuses: Status[], version: number) => {
    try {
      take(await dataOf<Statuses>(path, { method: 'PUT', body: { statuses, version } }));
    } catch (error) {
      if (!isFailure(error, 'conflict')) throw error;
      setTheirs((error.data as Statuses | undefined) ?? (await dataOf<Statuses>(path)));
    }
  };
  return { save, take, theirs };
}
