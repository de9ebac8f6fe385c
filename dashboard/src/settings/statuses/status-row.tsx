import { ActionIcon, Button, Checkbox, Group, TextInput } from '@mantine/core';
import type { Status } from '../../../../lambdas/api/schemas/me.ts';
import classes from '../settings.module.css';

interface StatusRowProps {
  status: Status;
  isFirst: boolean;
  isLast: boolean;
  onChange: (change: Partial<Status>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One status: its name, its place, whether it is closed. */
export const StatusRow = ({
  status: { label, is_closed },
  isFirst,
  isLast,
  onChange,
  onMove,
  onRemove,
}: StatusRowProps) => (
  <Group component="li" gap="xs" className={classes.status}>
    <ActionIcon.Group>
      {/* They stay in reach of the keyboard at the ends, so that moving on does not lose the focus. */}
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Move ${label} up`}
        aria-disabled={isFirst}
        {...(isFirst && { 'data-disabled': true })}
        onClick={() => isFirst || onMove(-1)}
      >
        ↑
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Move ${label} down`}
        aria-disabled={isLast}
        {...(isLast && { 'data-disabled': true })}
        onClick={() => isLast || onMove(1)}
      >
        ↓
      </ActionIcon>
    </ActionIcon.Group>
    <TextInput
      flex="1 1 10rem"
      maw={280}
      aria-label={`Name of ${label || 'the status'}`}
      value={label}
      maxLength={40}
      onChange={(event) => onChange({ label: event.currentTarget.value })}
    />
    <Checkbox
      label="Closed"
      aria-label={`${label} is closed`}
      checked={is_closed}
      onChange={(event) => onChange({ is_closed: event.currentTarget.checked })}
    />
    <Button size="xs" variant="default" aria-label={`Remove ${label}`} onClick={onRemove}>
      Remove
    </Button>
  </Group>
);
