import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '../settings/panel.tsx';
import classes from './deliveries.module.css';
import { RunAgain } from './run-again.tsx';
import type { ReplayRequest } from './types.ts';

const sources = [
  { value: '', label: 'Any source' },
  { value: 'close', label: 'Close' },
  { value: 'meta', label: 'Meta' },
  { value: 'hubspot', label: 'HubSpot' },
];

/** A time of which all deliveries are run again. */
export function WindowPanel() {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [source, setSource] = useState('');
  return (
    <Panel
      title="Run a time again"
      says="Everything stored in a time, in your own time zone. What is known already stays as it is; what waits goes on by itself."
    >
      <div className={classes.fields}>
        <TextInput
          type="datetime-local"
          label="From"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label="Until"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          label="Source"
          data={sources}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      </div>
      <RunAgain key={`${from} ${to} ${source}`} which={windowOf(from, to, source)} />
    </Panel>
  );
}

/** Nothing where it has no beginning, no end, or ends before it begins. */
function windowOf(from: string, to: string, source: string) {
  if (from === '' || to === '' || from >= to) return undefined;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(source !== '' && { source: source as NonNullable<ReplayRequest['source']> }),
  };
}
