import { Link } from 'wouter';
import type { Trace } from '../../../lambdas/api/schemas/trace.ts';
import { isFailure } from '../api/failure.ts';
import { Gone } from '../lead/gone.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { StandingCard } from './standing-card.tsx';
import { TraceList } from './trace-list.tsx';
import { useTrace } from './use-trace.ts';
import './trace-page.css';

/** What happened to a lead, from the vendor to each alert, and where it stands now. */
export function TracePage({ id }: { id: string }) {
  const trace = useTrace(id);
  if (isFailure(trace.error, 'not_found')) return <Gone />;
  return (
    <>
      <BackLink id={id} trace={trace.data} />
      <PageHead title="What happened" />
      <Loaded of={trace}>
        {(data) => (
          <div className="trace">
            <StandingCard trace={data} />
            <TraceList points={data.points} />
          </div>
        )}
      </Loaded>
    </>
  );
}

/** To the lead, where there is one to look at. */
const BackLink = ({ id, trace }: { id: string; trace: Trace | undefined }) =>
  trace?.is_lead ? (
    <Link href={`/leads/${encodeURIComponent(id)}`} className="small">
      ← {trace.name ?? 'The lead'}
    </Link>
  ) : (
    <Link href="/" className="small">
      ← Leads
    </Link>
  );
