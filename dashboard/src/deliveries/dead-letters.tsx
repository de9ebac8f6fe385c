import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../api/data-of.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMe } from '../session/me.ts';
import { Panel } from '../settings/panel.tsx';
import { shortTime } from '../time/when.ts';
import classes from './deliveries.module.css';
import { standingOf } from './job-words.ts';
import type { DeadGroup } from './types.ts';
import { useJob } from './use-job.ts';

/** Messages that were given up, grouped by their cause, with a button that sends them back. */
export function DeadLetters() {
  const dead = useQuery({
    queryKey: ['deliveries', 'dead'],
    queryFn: ({ signal }) => dataOf<DeadGroup[]>('/dead-letters', { signal }),
  });
  const { job, isBusy, problem, run } = useJob();
  return (
    <Panel
      title="Given up"
      says="What was tried in vain for as long as it is tried. Send it back once the cause is mended; nobody is told twice by that."
    >
      <Loaded of={dead}>
        {(groups) =>
          groups.length === 0 ? (
            <Text size="sm">Nothing was given up.</Text>
          ) : (
            <Stack gap="sm">
              {groups.map((group) => (
                <Group key={`${group.queue} ${group.cause}`} justify="space-between" gap="xs" align="flex-start">
                  <GroupText group={group} />
                  <ConfirmButton
                    label="Redrive"
                    about={group.cause}
                    asks="Is the cause mended?"
                    yes="Send back"
                    isBusy={isBusy}
                    onYes={() => void run('/dead-letters/redrive', { queue: group.queue, cause: group.cause })}
                  />
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <div role="status">{job && <Text size="sm">{standingOf(job)}</Text>}</div>
      <Problem says={problem} />
    </Panel>
  );
}

function GroupText({ group: { queue, cause, count, oldest, messages } }: { group: DeadGroup }) {
  const { time_zone } = useMe();
  const about = messages.map(({ lead_id, deliveries }) => lead_id ?? deliveries.join(', ')).filter(Boolean);
  return (
    <div className={classes.text}>
      <strong>{count}</strong> of {queue} since {shortTime(oldest, time_zone)}: {cause}
      <div className="quiet small">{about.slice(0, 5).join(' · ')}</div>
    </div>
  );
}
