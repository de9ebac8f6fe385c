import { useMe } from '../session/me.ts';
import { dayInWords, dayOf, todayIn } from '../time/when.ts';

/** The day of the next call; in words where it is today or was missed. */
export function NextCall({ day }: { day: string | null }) {
  const { time_zone } = useMe();
  if (day === null) return <span className="quiet">–</span>;
  const today = todayIn(time_zone);
  const words = day === today ? 'Today' : dayOf(day, 'UTC');
  return (
    <time dateTime={day} title={dayInWords(day)} className={day <= today ? 'is-due' : undefined}>
      {words}
      {day < today && ' (overdue)'}
    </time>
  );
}
