import { useQueryClient } from '@tanstack/react-query';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { api, ApiError } from '../../shell.ts';
import type { UserChange } from '../types.ts';

const path = '/settings/users';

/** Saves a user and asks anew who is matched; where somebody else saved meanwhile, shows theirs and says so. */
export function useSaveUser() {
  const client = useQueryClient();
  return async (id: string, change: UserChange): Promise<void> => {
    try {
      const saved = await api.send<User>('PATCH', `${path}/${encodeURIComponent(id)}`, change);
      client.setQueryData<User[]>([path], (all) => all?.map((user) => (user.id === id ? saved : user)));
      void client.invalidateQueries({ queryKey: ['/settings/unmatched-owners'] });
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'conflict')) throw error;
      await client.invalidateQueries({ queryKey: [path] });
      throw new Error('Somebody else changed this user meanwhile; what is stored now is shown. Change it again.', {
        cause: error,
      });
    }
  };
}
