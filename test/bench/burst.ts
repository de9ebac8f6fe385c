import { startLocal } from '../e2e/local-run.ts';
import { alertsOf, untilTold } from './alerts.ts';
import { endlessLeads } from './leads.ts';
import { load } from './load.ts';
import { watchMemory } from './memory.ts';
import { percentile, report, rounded } from './report.ts';
import { leadsOf } from './table-rows.ts';

const CONNECTIONS = 50;
/** Seconds after it is due within which the last lead of a burst is told, with pace off. */
const TOLD_WITHIN = 60;
/** Megabytes for the whole local run. */
const MEMORY = 1536;

/** Many leads at once: every one is acknowledged, and how long after it is due each is told on every channel. */
export async function burst({ count, delaySeconds }: { count: number; delaySeconds: number }): Promise<void> {
  await using run = await startLocal({ env: { DELAY_SECONDS: String(delaySeconds) } });
  using memory = watchMemory();
  const deliveries = endlessLeads(run.settings.secrets.close.signatureKey);
  const posted = await load({
    url: `${run.url}/webhooks/close`,
    connections: CONNECTIONS,
    until: { amount: count },
    deliveries,
  });
  await untilTold(run, count, delaySeconds + 3 * TOLD_WITHIN);
  const [leads, alerts] = [await leadsOf(run), await alertsOf(run)];
  const late = ['slack', 'email'].flatMap((channel) =>
    [...leads.values()].map(
      ({ lead_id, dueAt }) => ((alerts.get(`${lead_id} ${channel}`)?.[0] ?? Infinity) - Date.parse(dueAt)) / 1000,
    ),
  );
  const early = late.filter((seconds) => seconds < 0).length;
  const repeated = [...alerts.values()].filter((times) => times.length > 1).length;
  const values = {
    leads: count,
    not_acknowledged: count - posted.acknowledged,
    answered_p50_ms: posted.p50,
    answered_p99_ms: posted.p99,
    alerts: late.filter(Number.isFinite).length,
    missing: 2 * count - late.filter(Number.isFinite).length,
    repeated,
    early,
    due_to_alert_p50_s: rounded(percentile(late, 0.5)),
    due_to_alert_p99_s: rounded(percentile(late, 0.99)),
    due_to_alert_max_s: rounded(Math.max(...late)),
    memory_mb: memory.highest(),
  };
  report('burst', values, {
    not_acknowledged: 0,
    missing: 0,
    early: 0,
    due_to_alert_max_s: TOLD_WITHIN,
    memory_mb: MEMORY,
  });
}
