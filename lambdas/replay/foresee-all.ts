import type { Again } from '../core/again.ts';
import type { Foreseen } from '../core/replay.ts';
import { foresee, type ForeseePorts } from './foresee.ts';

export type ForeseeAllPorts = ForeseePorts;

/** Deliveries that are read at once. */
const AT_ONCE = 10;

/** What would become of every event of these deliveries. */
export async function foreseeAll(keys: string[], again: Again, ports: ForeseeAllPorts): Promise<Foreseen[]> {
  const seen: Foreseen[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE)
    seen.push(...(await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => foresee(key, again, ports)))).flat());
  return seen;
}
