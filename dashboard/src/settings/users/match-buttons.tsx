import { Button, Group, Menu } from '@mantine/core';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { suggestionFor } from './suggestion.ts';

interface MatchButtonsProps {
  owner: string;
  users: User[];
  isBusy: boolean;
  onMatch: (user: string) => void;
}

/** One click for who it probably is, and a menu of everybody else. */
export function MatchButtons({ owner, users, isBusy, onMatch }: MatchButtonsProps) {
  const likely = suggestionFor(owner, users);
  return (
    <Group gap="xs">
      {likely && (
        <Button
          size="xs"
          disabled={isBusy}
          aria-label={`${likely.name} is ${owner}`}
          onClick={() => onMatch(likely.id)}
        >
          {likely.name}
        </Button>
      )}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={isBusy}
            aria-label={`${likely ? 'Somebody else' : 'Choose'}: who is ${owner}`}
          >
            {likely ? 'Somebody else' : 'Choose'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {users
            .filter(({ id }) => id !== likely?.id)
            .map(({ id, name, email }) => (
              <Menu.Item key={id} onClick={() => onMatch(id)}>
                {name || email}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
