import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Tested } from '../../../lambdas/api/schemas/settings.ts';
import { useSubmit } from '../api/use-submit.ts';
import { Problem } from './problem.tsx';
import { dataOf } from '../api/data-of.ts';

interface TestButtonProps {
  label: string;
  /** What is asked to test itself: `/settings/slack/test`. */
  path: string;
  /** Said for screen readers where many buttons are called the same. */
  about?: string;
  onTested?: () => void;
}

/** A button that tries a setting out and says in words what came of it. */
export function TestButton({ label, path, about, onTested }: TestButtonProps) {
  const [tested, setTested] = useState<Tested | null>(null);
  const { isBusy, problem, submit } = useSubmit();
  return (
    <Group gap="xs" align="flex-start">
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        aria-label={about ? `${label}: ${about}` : undefined}
        onClick={() =>
          void submit(async () => {
            setTested(null);
            setTested(await dataOf<Tested>(path, { method: 'POST' }));
            onTested?.();
          })
        }
      >
        {label}
      </Button>
      <div role="status">
        {tested && (
          <Alert color={tested.ok ? 'teal' : 'red'} p="xs">
            {tested.says}
          </Alert>
        )}
      </div>
      <Problem says={problem} />
    </Group>
  );
}
