import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Answer, LeadChange, LeadDetail } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import type { FollowUp } from './conflicts.ts';
import { noteLead } from './note-lead.ts';

export interface Change {
  version: number;
  fields: (keyof FollowUp)[];
  typed: FollowUp;
}

/** Saves what somebody changed of a lead, upon the version that they saw. */
export function useSave(id: string) {
  const client = useQueryClient();
  const me = useMe();
  return useMutation({
    mutationFn: async (change: Change) =>
      (await call<Answer<LeadDetail>>(`/leads/${encodeURIComponent(id)}`, { method: 'PATCH', body: bodyOf(change) }))
        .data,
    onSuccess: (lead) => noteLead(client, lead, me),
  });
}

/** Empty text empties; the status can’t be empty. */
const bodyOf = ({ version, fields, typed }: Change): LeadChange => ({
  version,
  ...Object.fromEntries(
    fields.map((field) => [field, typed[field].trim() || (field === 'status' ? typed.status : null)]),
  ),
});
