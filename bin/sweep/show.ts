import { lossWords } from '../../lambdas/core/rescue.ts';
import type { Finding } from '../../lambdas/sweep/finding.ts';
import { inColumns } from '../columns.ts';
import type { Swept } from './look.ts';

const verdicts: Record<Finding['verdict'], string> = {
  rescued: 'started again',
  found: 'found, not touched',
  in_vain: 'three times in vain: see the runbook',
};

/** Everything that was lost, a line each, and what was done about it. */
export function sweptText({ findings, listed, notes }: Swept): string {
  const looked = listed === undefined ? '' : ` ${listed.toLocaleString('en-US')} deliveries are in the bucket.`;
  if (findings.length === 0) return [...notes, `Nothing is lost.${looked}`].join('\n');
  const rows = findings.map(({ tenant = '-', lead_id, raw_key, loss, count, verdict }) => [
    tenant,
    lead_id ?? raw_key ?? '-',
    lossWords[loss],
    `${count}`,
    verdicts[verdict],
  ]);
  const table = inColumns([['TENANT', 'WHAT', 'LOST', 'COUNT', 'DONE'], ...rows]);
  return [...notes, table, `${findings.length} lost.${looked}`].join('\n');
}

/** The same for a program. */
export const sweptJson = ({ findings, listed, notes }: Swept) => ({
  found: findings.map(({ loss, verdict, count, tenant = null, lead_id = null, raw_key = null, rescuedAt = null }) => ({
    loss,
    verdict,
    count,
    tenant,
    lead_id,
    raw_key,
    rescued_at: rescuedAt,
  })),
  listed: listed ?? null,
  notes,
});
