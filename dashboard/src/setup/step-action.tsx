import { Button, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { CopyField } from '../parts/copy-field.tsx';
import { TestButton } from '../parts/test-button.tsx';
import classes from './setup.module.css';
import type { Step } from './step.ts';

/** What is said of a step and the one thing that does it. */
export const StepAction = ({ step: { title, says, copy, command, open, test } }: { step: Step }) => (
  <>
    <Text size="sm">{says}</Text>
    {(copy || command) && (
      <div className={classes.copies}>
        {copy && <CopyField {...copy} />}
        {command && <CopyField label={`Command: ${title}`} value={command} />}
      </div>
    )}
    {open && (
      <Group>
        <Button component={Link} href={open.to} size="xs" variant="default">
          {open.label}
        </Button>
      </Group>
    )}
    {test && <TestButton label="Send a test message" about={title} path={`/settings/${test}/test`} />}
  </>
);
