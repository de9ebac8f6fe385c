import { NOBODY } from '../../lambdas/core/account.ts';
import type { Job } from '../../lambdas/core/job.ts';
import { inColumns } from '../columns.ts';
import { plain } from '../../lambdas/core/plain.ts';

const nameOf = (tenant: string) => (tenant === NOBODY ? 'nobody’s' : tenant);
const cell = (value: unknown) => (typeof value === 'string' ? plain(value) : '');

/** Where jobs stand, as one line. */
export const progressLine = (jobs: Job[]): string =>
  jobs
    .map(({ tenant, state, counts: { deliveries = 0, left } }) => {
      const lanes = left === undefined ? '' : `, ${left} messages left in the lanes`;
      return `${nameOf(tenant)}: ${state}, ${deliveries} deliveries${lanes}`;
    })
    .join(' · ');

/** What came of jobs, as text for a person. */
export function resultText(jobs: Job[]): string {
  const counts = jobs.flatMap(({ tenant, counts: of }) =>
    Object.entries(of)
      .filter(([name]) => name !== 'left')
      .map(([name, count]) => [nameOf(tenant), words[name] ?? name.replace('.', ' '), String(count)]),
  );
  const parts = [inColumns([['TENANT', 'WHAT', 'COUNT'], ...counts])];
  const listed = jobs.flatMap(({ tenant, listed: of = [] }) => of.map((one) => ({ ...one, tenant: nameOf(tenant) })));
  if (listed.length > 0) {
    const rows = listed.map((one: Record<string, unknown>) => [
      cell(one['tenant']),
      cell(one['what'] ?? 'may be untold'),
      cell(one['lead_id']),
      cell(one['key'] ?? one['rawKey']),
    ]);
    parts.push(inColumns([['TENANT', 'WHAT', 'LEAD', 'DELIVERY'], ...rows]));
  }
  for (const { tenant, said } of jobs) if (said) parts.push(`${nameOf(tenant)}: ${said}`);
  return parts.join('\n\n');
}

/** What the counts of a job are about. */
const words: Record<string, string> = {
  deliveries: 'deliveries',
  missing: 'named and not stored',
  done: 'events run again',
  not_for_us: 'events that say nothing of a lead',
  left: 'messages left',
  erased: 'events of erased people',
  broken: 'events that can not be understood',
  parked: 'events that wait for a token',
  no_route: 'events of nobody’s page or portal',
  waiting: 'events that wait for a vendor',
  to_tell: 'leads that people would be told of',
  untold: 'leads that may never have been told',
};
