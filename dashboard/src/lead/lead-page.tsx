import { Skeleton } from '@mantine/core';
import { isFailure } from '../api/failure.ts';
import { Failed } from '../shell/failed.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { AnswersCard } from './answers-card.tsx';
import { CrmCard } from './crm-card.tsx';
import { FollowUpCard } from './follow-up-card.tsx';
import { Gone } from './gone.tsx';
import { LeadHead } from './lead-head.tsx';
import { useLead } from './lead-query.ts';
import { ReceiptsCard } from './receipts-card.tsx';
import { SamePersonCard } from './same-person-card.tsx';
import { TimelineCard } from './timeline-card.tsx';
import './lead-page.css';

/** A lead with everything that is known of it, and what the team does about it. */
export function LeadPage({ id }: { id: string }) {
  const { data: lead, error, refetch } = useLead(id);
  if (isFailure(error, 'not_found')) return <Gone />;
  if (lead)
    return (
      <>
        <LeadHead lead={lead} />
        <div className="lead-columns">
          <div>
            <FollowUpCard lead={lead} />
            <TimelineCard lead={lead} />
          </div>
          <div>
            <AnswersCard {...lead} />
            {!lead.is_manual && <CrmCard crm={lead.crm} />}
            <SamePersonCard leads={lead.same_person} />
            <ReceiptsCard receipts={lead.receipts} />
          </div>
        </div>
      </>
    );
  return (
    <>
      <PageHead title="Lead" />
      {error ? (
        <Failed error={error} what="The lead could not be loaded" onRetry={() => void refetch()} />
      ) : (
        <div className="lead-columns" role="status" aria-label="Loading the lead">
          <Skeleton height={320} radius="md" />
          <Skeleton height={320} radius="md" />
        </div>
      )}
    </>
  );
}
