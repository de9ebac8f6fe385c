import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import type { UserChange } from '../types.ts';
import { dataOf } from '../../api/data-of.ts';
import { ApiFailure, isFailure } from '../../api/failure.ts';

const path = '/settings/users';
const changedMeanwhile = 'somebody else changed this user meanwhile; what is stored now is shown, change it again';

/** Saves a user and asks anew who is matched; where somebody else saved meanwhile, shows theirs and says so. */
export function useSaveUser() {
  const client = useQueryClient();
  return async (id: string, change: UserChange): Promise<void> => {
    try {
      const saved = await dataOf<User>(`${path}/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });
      client.setQueryData<User[]>([path], (all) => all?.map((user) => (user.id === id ? saved : user)));
      void client.invalidateQueries({ queryKey: ['/settings/unmatched-owners'] });
    } catch (error) {
      if (!isFailure(error, 'conflict')) throw error;
      await client.invalidateQueries({ queryKey: [path] });
      throw new ApiFailure('conflict', changedMeanwhile);
    }
  };
}
