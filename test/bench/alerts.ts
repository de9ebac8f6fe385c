import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalRun } from '../e2e/local-run.ts';
import { leadsOf } from './table-rows.ts';

/** Waits until this many leads are told, or nothing more comes of it within so many seconds; returns how many are. */
export async function untilTold(run: LocalRun, count: number, seconds: number): Promise<number> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const told = [...(await leadsOf(run)).values()].filter(({ toldAt }) => toldAt).length;
    if (told >= count || Date.now() > end) return told;
    await sleep(1000);
  }
}

/** How often each lead was told on each channel: `{lead_id} {channel}` → times in milliseconds. */
export async function alertsOf(run: LocalRun): Promise<Map<string, number[]>> {
  const alerts = new Map<string, number[]>();
  for (const { channel, lead_id, at } of await run.inbox()) {
    if (lead_id === null) continue;
    const key = `${lead_id} ${channel}`;
    alerts.set(key, [...(alerts.get(key) ?? []), Date.parse(at)]);
  }
  return alerts;
}
