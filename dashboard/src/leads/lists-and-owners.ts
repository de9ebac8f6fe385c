import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Answer, List, Owner } from '../api/types.ts';

/** The lists of the tenant; none while they are not known. */
export const useLists = (): List[] =>
  useQuery({ queryKey: ['lists'], queryFn: async () => (await call<Answer<List[]>>('/lists')).data }).data ?? [];

/** Who may own leads; nobody while they are not known. */
export const useOwners = (): Owner[] =>
  useQuery({ queryKey: ['owners'], queryFn: async () => (await call<Answer<Owner[]>>('/owners')).data }).data ?? [];
