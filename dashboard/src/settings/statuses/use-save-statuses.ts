import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Status } from '../../../../lambdas/api/schemas/me.ts';
import { api, ApiError } from '../../shell.ts';
import type { Statuses } from '../types.ts';

const path = '/settings/statuses';

/** Saves the statuses; where somebody else did meanwhile, `theirs` is what is stored now. */
export function useSaveStatuses() {
  const client = useQueryClient();
  const [theirs, setTheirs] = useState<Statuses | null>(null);
  const take = (now: Statuses) => {
    setTheirs(null);
    client.setQueryData([path], now);
    // The pages that choose from them read them with who is signed in.
    void client.invalidateQueries({ queryKey: ['/me'] });
  };
  const save = async (statuses: Status[], version: number) => {
    try {
      take(await api.send<Statuses>('PUT', path, { statuses, version }));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'conflict')) throw error;
      setTheirs((error.data as Statuses | undefined) ?? (await api.get<Statuses>(path)));
    }
  };
  return { save, take, theirs };
}
