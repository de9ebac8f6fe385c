import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSubmit } from '../../api/use-submit.ts';
import { Problem } from '../../parts/problem.tsx';
import type { Statuses } from '../types.ts';
import { AddStatus } from './add-status.tsx';
import { Conflict } from './conflict.tsx';
import { moved, whatIsWrong, withNew } from './status-list.ts';
import { StatusRow } from './status-row.tsx';
import { useSaveStatuses } from './use-save-statuses.ts';

/** Edits the statuses as a whole and saves them as a whole; who saves last over somebody else’s change is asked. */
export function StatusesForm({ stored }: { stored: Statuses }) {
  const [statuses, setStatuses] = useState(stored.statuses);
  const [said, setSaid] = useState('');
  const { save, take, theirs } = useSaveStatuses();
  const { isBusy, problem, submit } = useSubmit();
  const wrong = whatIsWrong(statuses);
  const isChanged = JSON.stringify(statuses) !== JSON.stringify(stored.statuses);
  const move = (from: number, by: -1 | 1) => {
    const next = moved(statuses, from, by);
    setStatuses(next);
    setSaid(`${statuses[from]?.label} is now number ${from + by + 1} of ${next.length}.`);
  };
  return (
    <Stack gap="sm">
      <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {statuses.map((status, index) => (
          <StatusRow
            key={status.key}
            status={status}
            isFirst={index === 0}
            isLast={index === statuses.length - 1}
            onChange={(change) => setStatuses(statuses.with(index, { ...status, ...change }))}
            onMove={(by) => move(index, by)}
            onRemove={() => {
              setStatuses(statuses.toSpliced(index, 1));
              setSaid(`${status.label} is removed once you save.`);
            }}
          />
        ))}
      </Stack>
      <AddStatus onAdd={(label) => setStatuses(withNew(statuses, label))} />
      <Text size="sm" c="dimmed" role="status">
        {said}
      </Text>
      {theirs && (
        <Conflict
          theirs={theirs}
          onTheirs={() => take(theirs)}
          onMine={() => void submit(() => save(statuses, theirs.version))}
        />
      )}
      <Problem says={wrong ?? problem} />
      <Group gap="xs">
        <Button
          loading={isBusy}
          disabled={!isChanged || wrong !== undefined || theirs !== null}
          onClick={() => void submit(() => save(statuses, stored.version))}
        >
          Save
        </Button>
        {isChanged && (
          <Button variant="default" onClick={() => setStatuses(stored.statuses)}>
            Undo
          </Button>
        )}
      </Group>
    </Stack>
  );
}
