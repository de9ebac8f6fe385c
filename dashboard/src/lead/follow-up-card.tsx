import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { sentenceOf } from '../api/failure.ts';
import type { LeadDetail } from '../api/types.ts';
import { useOwners } from '../leads/lists-and-owners.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { ClashCard } from './clash-card.tsx';
import { useFollowUp } from './use-follow-up.ts';
import './follow-up-card.css';

const MOST_NOTES = 5000;

/** What the team does about a lead: ours, and never written back to the CRM. */
export function FollowUpCard({ lead }: { lead: LeadDetail }) {
  const me = useMe();
  const followUp = useFollowUp(lead);
  const { typed, type, clash } = followUp;
  return (
    <section className="card follow-up" aria-labelledby="follow-up">
      <h2 id="follow-up">Follow-up</h2>
      {clash && <ClashCard clash={clash} settle={followUp.settle} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          followUp.save();
        }}
      >
        <div className="follow-up-row">
          <NativeSelect
            label="Status"
            data={statusChoices(me.statuses, typed.status)}
            value={typed.status}
            onChange={(event) => type({ status: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Next call"
            value={typed.next_call}
            onChange={(event) => type({ next_call: event.currentTarget.value })}
          />
        </div>
        {isAtLeast(me, 'manager') ? (
          <OwnerSelect lead={lead} value={typed.owner} onChange={(owner) => type({ owner })} />
        ) : (
          <p>
            <span className="quiet">Owner: </span>
            {lead.owner ?? 'nobody'}
          </p>
        )}
        <Textarea
          label="Notes"
          rows={6}
          maxLength={MOST_NOTES}
          value={typed.notes}
          onChange={(event) => type({ notes: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) followUp.save();
          }}
        />
        <div className="follow-up-end">
          <Button type="submit" loading={followUp.isSaving} disabled={!followUp.isDirty}>
            Save
          </Button>
          <p role="status" className="small quiet">
            {followUp.isDirty && !followUp.isSaving && 'Not saved yet.'}
            {followUp.isSaved && 'Saved.'}
          </p>
        </div>
        {followUp.error && (
          <p role="alert" className="is-due">
            It was not saved. {sentenceOf(followUp.error)}
          </p>
        )}
      </form>
    </section>
  );
}

/** A status that the tenant no longer has stays choosable where a lead has it. */
const statusChoices = (statuses: { key: string; label: string }[], current: string) => [
  ...statuses.map(({ key, label }) => ({ value: key, label })),
  ...(statuses.some(({ key }) => key === current) ? [] : [{ value: current, label: current }]),
];

function OwnerSelect({
  lead,
  value,
  onChange,
}: {
  lead: LeadDetail;
  value: string;
  onChange: (owner: string) => void;
}) {
  const names = new Set([...useOwners().map(({ name }) => name), ...(value ? [value] : [])]);
  const data = [
    { value: '', label: lead.is_manual ? 'Nobody' : `As ${lead.crm.label} says (${lead.crm.owner ?? 'nobody'})` },
    ...[...names].map((name) => ({ value: name, label: name })),
  ];
  return (
    <NativeSelect label="Owner" data={data} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
