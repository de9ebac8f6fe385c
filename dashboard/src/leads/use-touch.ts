import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { sentenceOf } from '../api/failure.ts';
import type { Answer, LeadDetail, LeadRow } from '../api/types.ts';
import { noteLead } from '../lead/note-lead.ts';
import { nameOf } from '../live/news.ts';
import { useMe } from '../session/me.ts';

export type TouchKind = 'called' | 'whatsapp' | 'mail';

const done = { called: 'Called', whatsapp: 'Written to on WhatsApp', mail: 'Written to by e-mail' };

/** One click that says that somebody got in touch with a lead. */
export function useTouch(lead: Pick<LeadRow, 'id' | 'name' | 'email' | 'phone'>) {
  const client = useQueryClient();
  const me = useMe();
  return useMutation({
    mutationFn: (kind: TouchKind) =>
      call<Answer<LeadDetail>>(`/leads/${encodeURIComponent(lead.id)}/touches`, { method: 'POST', body: { kind } }),
    onSuccess: ({ data }, kind) => {
      noteLead(client, data, me);
      notifications.show({ message: `${done[kind]}: ${nameOf(lead)}` });
    },
    onError: (error) =>
      notifications.show({
        color: 'red',
        title: 'This was not noted as a first touch',
        message: sentenceOf(error),
        autoClose: false,
      }),
  });
}
