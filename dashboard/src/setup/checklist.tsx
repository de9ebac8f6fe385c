import './styles.ts';
import { Progress, Stack, Text } from '@mantine/core';
import type { Overview } from '../../../lambdas/api/schemas/settings.ts';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { useMe, useStage } from '../shell.ts';
import { progressOf, stepsOf } from './steps.ts';
import classes from './setup.module.css';
import { StepRow } from './step-row.tsx';

/** What is to be done until leads come in; for who can't do it, a word that others are at it. */
export function Checklist() {
  const { role } = useMe();
  return role === 'rep' ? <NothingYet /> : <Steps />;
}

const NothingYet = () => (
  <div className="card">
    <Text ta="center">No leads yet. Your managers are setting this up; new leads will appear here by themselves.</Text>
  </div>
);

function Steps() {
  const { role, tenant } = useMe();
  const stage = useStage();
  const overview = useResource<Overview>('/settings');
  return (
    <Loaded of={overview}>
      {(data) => {
        const steps = stepsOf(data, role, { stage, tenant });
        const { done, of } = progressOf(steps);
        return (
          <Stack gap="sm" className={classes.page}>
            <div>
              <h1>Set up Lead Relay</h1>
              <Text size="sm" c="dimmed">
                {done === of ? 'All is done. New leads appear by themselves.' : `${done} of ${of} steps are done.`}
              </Text>
            </div>
            <Progress value={(100 * done) / of} aria-label="Steps that are done" size="sm" />
            <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
              {steps.map((step) => (
                <StepRow key={step.id} step={step} />
              ))}
            </Stack>
          </Stack>
        );
      }}
    </Loaded>
  );
}
