import { Button } from '@mantine/core';
import { sentenceOf } from '../api/failure.ts';
import type { LeadPage } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import { dayOf } from '../time/when.ts';

interface Props {
  count: number;
  last: LeadPage;
  isLoading: boolean;
  error: Error | null;
  loadMore: () => void;
}

/** What is below the loaded leads: all of them, more, or how far back the server looked so far. */
export function ListEnd({ count, last, isLoading, error, loadMore }: Props) {
  const { time_zone } = useMe();
  const hasLookedBack = last.cursor !== null && last.reached !== null;
  return (
    <div className="list-end">
      <p role="status" className="quiet">
        {last.cursor === null && `That is all: ${count === 1 ? '1 lead' : `${count} leads`}.`}
        {hasLookedBack && `Looked back to ${dayOf(last.reached ?? '', time_zone)}.`}
        {error && ` ${sentenceOf(error)}`}
      </p>
      {last.cursor !== null && (
        <Button variant="default" loading={isLoading} onClick={loadMore}>
          {hasLookedBack ? 'Look further' : 'Load more'}
        </Button>
      )}
    </div>
  );
}
