import { Button, Input, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../session/me.ts';
import { categoryLabels, sourceLabels } from './labels.ts';
import { useOwners } from './lists-and-owners.ts';
import { queryOf, type View, withPart } from './view.ts';
import './filters.css';

const choices = (all: string, labels: Record<string, string>) => [
  { value: '', label: all },
  ...Object.entries(labels).map(([value, label]) => ({ value, label })),
];

const parts = ['source', 'category', 'status', 'owner', 'from', 'to'] as const;

/** What the view is narrowed by; it stands in the address. */
export function Filters({ view, setView }: { view: View; setView: (view: View) => void }) {
  const { statuses } = useMe();
  const owners = useOwners();
  const [isOpen, setIsOpen] = useState(false);
  const set = (key: (typeof parts)[number]) => (event: { currentTarget: { value: string } }) =>
    setView(viewWith(view, key, event.currentTarget.value));
  const count = parts.filter((key) => view[key]).length;
  const statusLabels = Object.fromEntries(statuses.map(({ key, label }) => [key, label]));
  const ownerLabels = Object.fromEntries(owners.map(({ key, name, is_me }) => [key, is_me ? `${name} (me)` : name]));
  return (
    <div className="filters" data-open={isOpen || undefined}>
      <Button variant="default" className="filters-toggle" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Filters{count > 0 ? ` (${count})` : ''}
      </Button>
      <div className="filters-fields">
        <NativeSelect
          aria-label="Source"
          data={choices('Any source', sourceLabels)}
          value={view.source ?? ''}
          onChange={set('source')}
        />
        <NativeSelect
          aria-label="Category"
          data={choices('Any category', categoryLabels)}
          value={view.category ?? ''}
          onChange={set('category')}
        />
        <NativeSelect
          aria-label="Status"
          data={choices('Any status', statusLabels)}
          value={view.status ?? ''}
          onChange={set('status')}
        />
        <NativeSelect
          aria-label="Owner"
          data={choices('Any owner', ownerLabels)}
          value={view.owner ?? ''}
          onChange={set('owner')}
        />
        <label className="filters-day">
          <span className="quiet small">From</span>
          <Input type="date" aria-label="Received from" value={view.from ?? ''} max={view.to} onChange={set('from')} />
        </label>
        <label className="filters-day">
          <span className="quiet small">to</span>
          <Input type="date" aria-label="Received until" value={view.to ?? ''} min={view.from} onChange={set('to')} />
        </label>
        {queryOf(view) !== '' && (
          <Button variant="subtle" onClick={() => setView({})}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

/** The form of a part is checked where the address is read. */
const viewWith = (view: View, key: (typeof parts)[number], value: string): View => withPart(view, key, value as never);
