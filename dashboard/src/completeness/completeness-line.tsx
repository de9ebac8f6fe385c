import { Link } from 'wouter';
import { useMe } from '../session/me.ts';
import { lineOf } from './line.ts';
import { useCompleteness } from './use-completeness.ts';
import './completeness-line.css';

/** Whether all leads are here that the vendors have, in a line that leads to the whole of it. */
export function CompletenessLine() {
  const { time_zone } = useMe();
  const { data } = useCompleteness();
  const line = data && lineOf(data, time_zone);
  if (!line) return null;
  return (
    <p className="completeness-line small quiet number" data-fine={line.isFine}>
      <Link href="/completeness">{line.text}</Link>
    </p>
  );
}
