import { Button } from '@mantine/core';
import { sentenceOf } from '../api/failure.ts';
import { SyncIcon } from '../shell/icons.tsx';
import { inWords } from './sync-result.ts';
import type { useFullCheck } from './use-full-check.ts';

type Check = ReturnType<typeof useFullCheck>;

/** Compares the list with everything that is stored, and that with the vendors, at once. */
export const SyncNow = ({ check }: { check: Check }) => (
  <Button variant="default" leftSection={<SyncIcon />} loading={check.isPending} onClick={() => check.mutate()}>
    Sync now
  </Button>
);

/** What the last check that somebody asked for came to. */
export const SyncWords = ({ check }: { check: Check }) => (
  <p role="status" className="sync-words small">
    {check.isPending && check.meanwhile}
    {check.isSuccess && inWords(check.data)}
    {check.isError && `The check did not work. ${sentenceOf(check.error)}`}
  </p>
);
