import { Kbd } from '@mantine/core';

/** Which keys do what. */
export const HelpLine = () => (
  <p className="help-line quiet small">
    <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> next and previous lead · <Kbd size="xs">Enter</Kbd> open ·{' '}
    <Kbd size="xs">/</Kbd> search · <Kbd size="xs">Esc</Kbd> clear the search
  </p>
);
