import type { Job } from './types.ts';

const whats: Record<string, string> = {
  new: 'new',
  changed: 'would change',
  unchanged: 'unchanged',
  waiting: 'on their way, and left alone',
  nothing: 'say nothing of a lead',
  broken: 'can not be understood',
};
const sources: Record<string, string> = { close: 'Close', meta: 'Meta', hubspot: 'HubSpot', unknown: 'Unknown' };
const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** What a dry run found, source by source. */
export function foreseenIn({ counts }: Pick<Job, 'counts'>): string[] {
  const bySource = Map.groupBy(
    Object.entries(counts).filter(([name]) => name.includes('.')),
    ([name]) => name.split('.')[0] ?? '',
  );
  return [...bySource].map(([source, all]) => {
    const parts = all.map(([name, count]) => `${count} ${whats[name.split('.')[1] ?? ''] ?? name}`);
    return `${sources[source] ?? source}: ${parts.join(', ')}`;
  });
}

/** What a person is asked before deliveries are run again. */
export function questionOf({ counts }: Pick<Job, 'counts'>, tell: boolean): string {
  const deliveries = plural(counts['deliveries'] ?? 0, 'delivery', 'deliveries');
  if (!tell) return `Run ${deliveries} again and tell nobody?`;
  return `Run ${deliveries} again and tell people of ${plural(counts['to_tell'] ?? 0, 'lead', 'leads')} once more?`;
}

/** Where a job stands, in a sentence. */
export function standingOf({ kind, state, counts, said }: Pick<Job, 'kind' | 'state' | 'counts' | 'said'>): string {
  if (state === 'failed') return said ?? 'It stopped, and is tried again.';
  const done =
    kind === 'redrive'
      ? `${plural(counts['redriven'] ?? 0, 'message', 'messages')} sent back`
      : `${plural(counts['deliveries'] ?? 0, 'delivery', 'deliveries')} run again`;
  if (state !== 'done') return `${done} so far …`;
  const untold = counts['untold'] ?? 0;
  const found = untold > 0 ? `; ${plural(untold, 'lead', 'leads')} may never have been told` : '';
  return `Done: ${done}${found}.${said && untold === 0 ? ` ${said}` : ''}`;
}
