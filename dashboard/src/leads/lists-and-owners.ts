import { type QueryClient, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Answer, LeadRow, List, Owner } from '../api/types.ts';

const lists = {
  queryKey: ['lists'],
  queryFn: async () => (await call<Answer<List[]>>('/lists')).data,
};
const owners = {
  queryKey: ['owners'],
  queryFn: async () => (await call<Answer<Owner[]>>('/owners')).data,
};

/** The lists of the tenant; none while they are not known. */
export const useLists = (): List[] => useQuery(lists).data ?? [];

/** Who may own leads; nobody while they are not known. */
export const useOwners = (): Owner[] => useQuery(owners).data ?? [];

/** Asks anew where a lead is in a list, or has an owner, that nobody has heard of. */
export function noteListsAndOwners(client: QueryClient, rows: LeadRow[]): void {
  const knownLists = client.getQueryData<List[]>(lists.queryKey);
  const knownOwners = client.getQueryData<Owner[]>(owners.queryKey);
  const isNewList = ({ list }: LeadRow) => list !== null && !knownLists?.some(({ name }) => name === list);
  const isNewOwner = ({ owner_key }: LeadRow) =>
    owner_key !== null && !knownOwners?.some(({ key }) => key === owner_key);
  if (knownLists && rows.some(isNewList)) void client.invalidateQueries({ queryKey: lists.queryKey });
  if (knownOwners && rows.some(isNewOwner)) void client.invalidateQueries({ queryKey: owners.queryKey });
}
