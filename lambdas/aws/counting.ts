import { count } from '../core/count.ts';
import { countedAs } from '../core/counted.ts';
import type { Lead } from '../core/lead.ts';
import { remember } from '../core/remember.ts';
import { beginMove, countNow, endMove, nameOwner } from './count-table.ts';
import { forgetMove, lookAt, makeMove } from './day-table.ts';
import { leadNow } from './lead-table.ts';

interface Settings {
  table: string;
  timeZones: Record<string, string>;
  /** The name that stands where nobody owns a lead. */
  fallbackOwner: string;
}

/** Counts leads of a stage as what they are now: for the steps, and for the API. */
export function counting({ table, timeZones, fallbackOwner }: Settings) {
  const remembered = remember(Date.now);
  const ports: Parameters<typeof count>[1] = {
    leadNow: (lead) => leadNow(table, lead),
    countedAs: (lead) => countedAs(lead, { timeZone: timeZones[lead.tenant] ?? 'UTC', fallbackOwner }),
    countNow: (lead) => countNow(table, lead),
    beginMove: (move) => beginMove(table, move),
    lookAt: (move) => lookAt(table, move),
    makeMove: (move, changes, guard) => makeMove(table, move, changes, guard),
    endMove: (move) => endMove(table, move),
    forgetMove: (move) => forgetMove(table, move),
    nameOwner: (tenant, owner) => remembered(`${tenant} ${owner.key}`, () => nameOwner(table, tenant, owner)),
  };
  return (lead: Pick<Lead, 'tenant' | 'lead_id'>) => count(lead, ports);
}
