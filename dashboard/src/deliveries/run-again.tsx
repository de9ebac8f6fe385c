import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../parts/problem.tsx';
import { foreseenIn, questionOf, standingOf } from './job-words.ts';
import type { ReplayRequest } from './types.ts';
import { useJob } from './use-job.ts';

type Which = Pick<ReplayRequest, 'deliveries' | 'from' | 'to' | 'source'>;

/** Two ways of running deliveries again; each says first what would change, and asks. `which` is nothing where it is not known yet. */
export function RunAgain({ which }: { which: Which | undefined }) {
  const foreseen = useJob();
  const replay = useJob();
  const [tell, setTell] = useState(false);
  const isBusy = foreseen.isBusy || replay.isBusy;
  const look = (isTold: boolean) => {
    setTell(isTold);
    replay.forget();
    void foreseen.run('/replays', { ...which, tell: isTold, dry_run: true });
  };
  const go = () => {
    foreseen.forget();
    void replay.run('/replays', { ...which, tell, dry_run: false });
  };
  const isAsking = foreseen.job?.state === 'done' && !isBusy;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" size="xs" disabled={!which} loading={isBusy && !tell} onClick={() => look(false)}>
          Run again quietly
        </Button>
        <Button variant="default" size="xs" disabled={!which} loading={isBusy && tell} onClick={() => look(true)}>
          Run again and tell
        </Button>
      </Group>
      {isAsking && foreseen.job && (
        <Stack gap={6} role="group" aria-label="Run again">
          <List size="sm">
            {foreseenIn(foreseen.job).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <Text size="sm">{questionOf(foreseen.job, tell)}</Text>
          <Group gap="xs">
            <Button size="xs" {...(tell && { color: 'red' })} onClick={go}>
              {tell ? 'Run and tell' : 'Run'}
            </Button>
            <Button size="xs" variant="default" onClick={foreseen.forget}>
              Keep as it is
            </Button>
          </Group>
        </Stack>
      )}
      <div role="status">{replay.job && <Text size="sm">{standingOf(replay.job)}</Text>}</div>
      <Problem says={foreseen.problem ?? replay.problem} />
    </Stack>
  );
}
