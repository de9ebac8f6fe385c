import { Progress, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Overview } from '../../../lambdas/api/schemas/settings.ts';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { clientSettings } from '../session/client-settings.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { Empty } from '../shell/empty.tsx';
import classes from './setup.module.css';
import { StepRow } from './step-row.tsx';
import { progressOf, stepsOf } from './steps.ts';
import './styles.ts';

/** What is left to set up before leads arrive; for who can’t do it, a word that others are at it. */
export function Checklist() {
  const me = useMe();
  if (isAtLeast(me, 'manager')) return <Steps />;
  return <Empty title="No leads yet">Your managers are setting this up. New leads appear here by themselves.</Empty>;
}

function Steps() {
  const { role, tenant } = useMe();
  const overview = useResource<Overview>('/settings');
  const stage = useQuery({ queryKey: ['client settings'], queryFn: clientSettings, staleTime: Infinity });
  return (
    <Loaded of={overview}>
      {(data) => (
        <Loaded of={stage}>
          {({ stage: name }) => {
            const steps = stepsOf(data, role, { stage: name, tenant });
            const { done, of } = progressOf(steps);
            return (
              <Stack gap="sm" className={classes.page}>
                <div>
                  <h2>What is left until leads arrive</h2>
                  <p className="quiet">
                    {done === of ? 'All is done. New leads appear by themselves.' : `${done} of ${of} steps are done.`}
                  </p>
                </div>
                <Progress value={(100 * done) / of} aria-label="Steps that are done" size="sm" />
                <ol className={classes.steps}>
                  {steps.map((step) => (
                    <StepRow key={step.id} step={step} />
                  ))}
                </ol>
              </Stack>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
