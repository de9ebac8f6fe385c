import { Button, Group, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/sentence.ts';
import { Problem } from './problem.tsx';

interface LoadedProps<T> {
  of: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What is shown of something from the API: that it is loading, why it is not there, or itself. */
export function Loaded<T>({ of: { data, error, refetch, isFetching }, children }: LoadedProps<T>) {
  if (data !== undefined) return children(data);
  if (error)
    return (
      <Problem says={sentenceOf(error)}>
        <Button mt="xs" size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      </Problem>
    );
  return (
    <Group role="status" gap="xs">
      <Loader size="xs" aria-hidden />
      <Text size="sm">Loading …</Text>
    </Group>
  );
}
