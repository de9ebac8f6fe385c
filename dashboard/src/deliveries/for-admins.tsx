import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isAtLeast, useMe } from '../session/me.ts';

/** What admins see, and a sentence for everybody else. */
export function ForAdmins({ children }: { children: ReactNode }) {
  return isAtLeast(useMe(), 'admin') ? children : <Text>This is for admins of your team.</Text>;
}
