import { Link } from 'wouter';
import { exactSpan } from '../../../lambdas/core/exact-span.ts';
import type { LeadDetail } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import { clockTime, dayOf, fullTime } from '../time/when.ts';
import { tracePath } from '../trace/trace-path.ts';
import '../parts/timeline.css';

type Lead = Pick<LeadDetail, 'id' | 'timeline' | 'created_at' | 'told_at'>;

/** Everything that happened to the lead, from the webhook to the alert and on, with the time that each step took. */
export function TimelineCard({ lead: { id, timeline, created_at, told_at } }: { lead: Lead }) {
  const { time_zone } = useMe();
  const entries = timeline.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return (
    <section className="card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {told_at && <p className="quiet">From the form to the alert: {exactSpan(between(created_at, told_at))}.</p>}
      <ol className="timeline">
        {entries.map(({ at, kind, text, by }, index) => {
          const before = entries[index - 1];
          return (
            // Entries have no id, and two may be alike.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} data-kind={kind}>
              <time dateTime={at} title={fullTime(at, time_zone)} className="number quiet small">
                {dayOf(at, time_zone)}, {clockTime(at, time_zone)}
              </time>
              <div>
                {text}
                {by && !text.includes(by) && <span className="quiet"> · {by}</span>}
              </div>
              <span className="number quiet small">
                {before && before.at !== at && `+${exactSpan(between(before.at, at))}`}
              </span>
            </li>
          );
        })}
      </ol>
      <Link href={tracePath(id)} className="small">
        What happened, step by step
      </Link>
    </section>
  );
}

const between = (from: string, to: string) => Date.parse(to) - Date.parse(from);
