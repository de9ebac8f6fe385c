import { span } from '../../../lambdas/core/when.ts';
import { serverNow } from '../api/clock.ts';
import { useMe } from '../session/me.ts';
import { useTicking } from './ticking.ts';
import { fullTime } from './when.ts';

/** How long ago something was, counting on; the full time on pointing at it. */
export function Age({ at }: { at: string }) {
  const { time_zone } = useMe();
  const age = useTicking(() => span(serverNow() - Date.parse(at)));
  return (
    <time dateTime={at} title={fullTime(at, time_zone)} className="number">
      {age}
    </time>
  );
}
