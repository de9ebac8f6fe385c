import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PanelProps {
  title: string;
  says?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: its title, what it is for, and what can be done. */
export const Panel = ({ title, says, children }: PanelProps) => (
  <Paper withBorder p="md" component="section" aria-label={title}>
    <Stack gap="sm">
      <div>
        <Title order={2} size="h5">
          {title}
        </Title>
        {says !== undefined && (
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  </Paper>
);
