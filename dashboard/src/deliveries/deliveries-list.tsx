import { Button, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { Failed } from '../shell/failed.tsx';
import { Loading } from '../shell/loading.tsx';
import { Panel } from '../settings/panel.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import classes from './deliveries.module.css';
import { outcomes, sourceName } from './outcome.ts';
import { useDeliveries } from './use-deliveries.ts';

const verdicts = [
  { value: '', label: 'Any verdict' },
  ...Object.entries(outcomes).map(([value, { label }]) => ({ value, label })),
];
const sources = [
  { value: '', label: 'Any source' },
  ...['close', 'meta', 'hubspot'].map((value) => ({ value, label: sourceName(value) })),
];

/** What vendors sent, the newest first. */
export function DeliveriesList() {
  const [outcome, setOutcome] = useState('');
  const [source, setSource] = useState('');
  const list = useDeliveries({ outcome, source });
  const events = list.data?.pages.flatMap(({ data }) => data);
  return (
    <Panel title="What vendors sent" says="One line an event, with what became of it. A delivery opens by its event.">
      <div className={classes.fields}>
        <NativeSelect
          label="Verdict"
          data={verdicts}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
        <NativeSelect
          label="Source"
          data={sources}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      </div>
      {list.isError && (
        <Failed error={list.error} what="The deliveries can’t be shown" onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <Loading />}
      {events?.length === 0 && !list.hasNextPage && <Text size="sm">Nothing of this kind came in.</Text>}
      {events && events.length > 0 && <DeliveriesTable events={events} />}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Earlier ones
        </Button>
      )}
    </Panel>
  );
}
