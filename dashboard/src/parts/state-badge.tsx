import { Badge, type MantineColor } from '@mantine/core';

/** The state of something in a word, which is never cut off; the colour of its dot says it once more. */
export const StateBadge = ({ label, color }: { label: string; color: MantineColor }) => (
  <Badge variant="default" tt="none" fw={500} miw="max-content" leftSection={<Dot color={color} />}>
    {label}
  </Badge>
);

const Dot = ({ color }: { color: MantineColor }) => (
  <span
    aria-hidden
    style={{ display: 'block', width: 8, height: 8, borderRadius: 4, background: `var(--mantine-color-${color}-6)` }}
  />
);
