import { exactSpan } from '../../../lambdas/core/exact-span.ts';
import type { Trace } from '../../../lambdas/api/schemas/trace.ts';
import { useMe } from '../session/me.ts';
import { clockTime, dayOf, fullTime } from '../time/when.ts';
import '../parts/timeline.css';

type Point = Trace['points'][number];

/** How the line of a point is marked; what was passed well, or over, needs no word. */
const marks: Record<Point['outcome'], { kind: string; word?: string }> = {
  done: { kind: 'told' },
  skipped: { kind: 'event' },
  waits: { kind: 'waits', word: 'waits' },
  failed: { kind: 'refused', word: 'failed' },
};

/** Each point on the way of a lead, with the time that it took from the former one. */
export function TraceList({ points }: { points: Point[] }) {
  const { time_zone } = useMe();
  return (
    <section className="card" aria-labelledby="points">
      <h2 id="points">Step by step</h2>
      <ol className="timeline">
        {points.map(({ at, what, detail, outcome, after_ms }, index) => (
          // Points have no id, and two may be alike.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} data-kind={marks[outcome].kind}>
            {at === null ? (
              <span className="quiet small">not noted when</span>
            ) : (
              <time dateTime={at} title={fullTime(at, time_zone)} className="number quiet small">
                {dayOf(at, time_zone)}, {clockTime(at, time_zone)}
              </time>
            )}
            <div>
              <span>{what}</span>
              {marks[outcome].word && <strong className="small trace-mark">{marks[outcome].word}</strong>}
              {detail !== null && <p className="quiet small">{detail}</p>}
            </div>
            <span className="number quiet small">{after_ms !== null && after_ms > 0 && `+${exactSpan(after_ms)}`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
