import { Button } from '@mantine/core';
import { sentenceOf } from '../api/failure.ts';
import type { LeadPage } from '../api/types.ts';
import { hasLookedOn } from '../live/order.ts';
import { useMe } from '../session/me.ts';
import { dayOf } from '../time/when.ts';

interface Props {
  count: number;
  pages: LeadPage[];
  isLoading: boolean;
  error: Error | null;
  loadMore: () => void;
}

/** What is below the loaded leads: all of them, more, or how far back the server looked so far. */
export function ListEnd({ count, pages, isLoading, error, loadMore }: Props) {
  const { time_zone } = useMe();
  const last = pages.at(-1);
  const isAll = last?.cursor === null;
  const looked = hasLookedOn(pages);
  return (
    <div className="list-end">
      <p role="status" className="quiet">
        {isAll && `That is all: ${count === 1 ? '1 lead' : `${count} leads`}.`}
        {looked && last?.reached && `Looked back to ${dayOf(last.reached, time_zone)}.`}
        {error && ` ${sentenceOf(error)}`}
      </p>
      {!isAll && (
        <Button variant="default" loading={isLoading} onClick={loadMore}>
          {looked ? 'Look further' : 'Load more'}
        </Button>
      )}
    </div>
  );
}
