import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Answer, Me } from '../api/types.ts';

const me = {
  queryKey: ['me'],
  queryFn: async () => (await call<Answer<Me>>('/me')).data,
  staleTime: Infinity,
};

/** Who is signed in, while that is found out. */
export const useMeQuery = () => useQuery(me);

/** Who is signed in; inside the layout it is always known. */
export const useMe = (): Me => useSuspenseQuery(me).data;

const ranks = { rep: 0, manager: 1, admin: 2 };

/** Whether somebody has at least this role. */
export const isAtLeast = ({ role }: Pick<Me, 'role'>, least: Me['role']): boolean => ranks[role] >= ranks[least];
