import { Group, Stack } from '@mantine/core';
import { StateBadge } from '../parts/state-badge.tsx';
import classes from './setup.module.css';
import { StepAction } from './step-action.tsx';
import type { Step } from './step.ts';

const states = {
  done: { label: 'Done', color: 'teal' },
  open: { label: 'To do', color: 'orange' },
  optional: { label: 'If you like', color: 'gray' },
} as const;

/** One step: its state, and the way to do it, which is folded away where it need not be done. */
export const StepRow = ({ step }: { step: Step }) => (
  <li className="card">
    <Stack gap="xs">
      <Group gap="xs">
        <StateBadge {...states[step.state]} />
        <h3 className={classes.title}>{step.title}</h3>
      </Group>
      {step.state === 'optional' ? (
        <details className={classes.how}>
          <summary>How: {step.title}</summary>
          <Stack gap="xs" pt="xs">
            <StepAction step={step} />
          </Stack>
        </details>
      ) : (
        <StepAction step={step} />
      )}
    </Stack>
  </li>
);
