import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useMe } from '../session/me.ts';
import { dayInWords } from '../time/when.ts';
import type { Conflict, FollowUp } from './conflicts.ts';
import type { Clash } from './use-follow-up.ts';

const names: Record<keyof FollowUp, string> = {
  status: 'Status',
  next_call: 'Next call',
  notes: 'Notes',
  owner: 'Owner',
};

interface Props {
  clash: Clash;
  settle: (values: Partial<FollowUp>, andSave: boolean) => void;
}

/** Shows what somebody else saved meanwhile, and lets whoever typed choose. */
export function ClashCard({ clash: { conflicts, takenOver, by }, settle }: Props) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.focus(), []);
  const notes = conflicts.find(({ field }) => field === 'notes');
  const theirs = Object.fromEntries(conflicts.map(({ field, theirs: value }) => [field, value]));
  return (
    <div className="clash" role="alert" tabIndex={-1} ref={card}>
      <strong>{by ?? 'Somebody else'} saved this lead while you were editing it. What you typed is still here.</strong>
      {conflicts.map((conflict) => (
        <OneConflict key={conflict.field} conflict={conflict} />
      ))}
      {takenOver.length > 0 && (
        <p>Also changed, and taken over: {takenOver.map((field) => names[field]).join(', ')}.</p>
      )}
      <div className="clash-buttons">
        <Button size="xs" onClick={() => settle({}, true)}>
          {conflicts.length > 0 ? 'Keep mine' : 'Save mine'}
        </Button>
        {conflicts.length > 0 && (
          <Button size="xs" variant="default" onClick={() => settle(theirs, false)}>
            Take theirs
          </Button>
        )}
        {notes?.mine && notes.theirs && (
          <Button
            size="xs"
            variant="default"
            onClick={() => settle({ notes: `${notes.theirs}\n\n${notes.mine}` }, true)}
          >
            Keep both notes
          </Button>
        )}
      </div>
    </div>
  );
}

function OneConflict({ conflict: { field, mine, theirs } }: { conflict: Conflict }) {
  const { statuses } = useMe();
  const inWords = (value: string) => {
    if (field === 'status') return statuses.find(({ key }) => key === value)?.label ?? value;
    if (value === '') return field === 'owner' ? 'as the CRM says' : 'nothing';
    return field === 'next_call' ? dayInWords(value) : value;
  };
  return (
    <div>
      <strong>{names[field]}</strong>
      <dl>
        <dt>Theirs:</dt>
        <dd>{inWords(theirs)}</dd>
        <dt>Yours:</dt>
        <dd>{inWords(mine)}</dd>
      </dl>
    </div>
  );
}
