import { Alert, Button, Group, Text } from '@mantine/core';
import type { Statuses } from '../types.ts';

interface ConflictProps {
  theirs: Statuses;
  onTheirs: () => void;
  onMine: () => void;
}

/** Somebody else saved meanwhile: which of the two holds is for a person to say. */
export const Conflict = ({ theirs, onTheirs, onMine }: ConflictProps) => (
  <Alert color="orange" role="alert" p="sm">
    <Text size="sm" fw={600}>
      Somebody else changed the statuses meanwhile
    </Text>
    <Text size="sm">Now there are: {theirs.statuses.map(({ label }) => label).join(', ')}.</Text>
    <Group gap="xs" mt="xs">
      <Button size="xs" variant="default" onClick={onTheirs}>
        Take theirs
      </Button>
      <Button size="xs" variant="default" onClick={onMine}>
        Save mine over theirs
      </Button>
    </Group>
  </Alert>
);
