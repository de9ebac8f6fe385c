import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface PanelProps {
  title: string;
  says?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: its title, what it is for, and what can be done. */
export const Panel = ({ title, says, children }: PanelProps) => (
  <section className="card" aria-label={title}>
    <Stack gap="sm">
      <div>
        <h2>{title}</h2>
        {says !== undefined && (
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  </section>
);
