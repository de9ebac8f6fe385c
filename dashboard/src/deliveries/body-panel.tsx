import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { dataOf } from '../api/data-of.ts';
import { useSubmit } from '../api/use-submit.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMe } from '../session/me.ts';
import { Panel } from '../settings/panel.tsx';
import { fullTime } from '../time/when.ts';
import classes from './deliveries.module.css';
import type { Delivery } from './types.ts';

/** What the vendor sent, with its personal fields covered until somebody says that they want to see them, which is noted. */
export function BodyPanel({ delivery, path }: { delivery: Delivery; path: string }) {
  const { time_zone } = useMe();
  const client = useQueryClient();
  const { isBusy, problem, submit } = useSubmit();
  const reveal = () =>
    submit(async () => {
      client.setQueryData([path], await dataOf<Delivery>(`${path}/reveal`, { method: 'POST' }));
    });
  const { body, is_masked, reveals } = delivery;
  return (
    <Panel
      title="What the vendor sent"
      says={is_masked ? 'Ids, kinds and times are shown; what may tell of a person is covered.' : undefined}
    >
      {is_masked && (
        <div>
          <ConfirmButton
            label="Reveal"
            asks="It is noted that you saw personal data."
            yes="Reveal"
            isBusy={isBusy}
            onYes={() => void reveal()}
          />
        </div>
      )}
      <Problem says={problem} />
      {/* Whoever has no mouse scrolls it with the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.body} tabIndex={0} aria-label="Body">
        {typeof body === 'string' ? body : JSON.stringify(body, null, 2)}
      </pre>
      {reveals.map(({ by, at }) => (
        <Text key={at} size="sm" c="dimmed">
          Revealed by {by}, {fullTime(at, time_zone)}
        </Text>
      ))}
    </Panel>
  );
}
