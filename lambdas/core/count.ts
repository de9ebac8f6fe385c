import { type Counted, difference } from './counted.ts';
import type { Lead } from './lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** What a lead is counted as, and the move to something else that is under way. */
export interface CountState {
  /** How many moves there were, with the one under way. */
  moves: number;
  day?: string;
  names: string[];
  /** The names after the move that is under way. */
  next?: string[];
}

/** A move of one lead between counters of a day, which is carried out once however many try. */
export interface Move {
  tenant: string;
  lead_id: string;
  number: number;
  day: string;
  names: string[];
  next: string[];
}

/** What the row of a day says of a move. `guard` changes with every move of the lead. */
export interface Look {
  guard: number;
  isDone: boolean;
}

export interface CountPorts {
  /** The lead as of now. */
  leadNow: (lead: Id) => Promise<Lead | undefined>;
  countedAs: (lead: Lead) => Counted | undefined;
  /** What the lead is counted as, as of now. */
  countNow: (lead: Id) => Promise<CountState>;
  /** Notes a move before it is made; false where another one was. */
  beginMove: (move: Move) => Promise<boolean>;
  /** What the day says of a move, as of now. */
  lookAt: (move: Move) => Promise<Look>;
  /** Changes the counters of the day and notes that, in one write; false where the guard is another by now. */
  makeMove: (move: Move, changes: Record<string, number>, guard: number) => Promise<boolean>;
  /** Notes that the lead is counted so now; nothing where somebody else did. */
  endMove: (move: Move) => Promise<unknown>;
  /** Takes away what the day notes of a move that has ended. */
  forgetMove: (move: Move) => Promise<unknown>;
  /** Keeps the name of an owner who is counted. */
  nameOwner: (tenant: string, owner: NonNullable<Counted['owner']>) => Promise<unknown>;
}

/**
 * Counts a lead as what it is now, each state once, whoever else does and whoever dies or sleeps on the way: docs/decisions/0031.
 * Returns when the lead is counted as what it was when this began, or as something later.
 */
export async function count({ tenant, lead_id }: Id, ports: CountPorts): Promise<void> {
  for (;;) {
    // In this order, so that nobody begins a move by a row that was read before the last move was made.
    const state = await ports.countNow({ tenant, lead_id });
    if (state.next) {
      await takeOver({ tenant, lead_id }, state, ports);
      continue;
    }
    const lead = await ports.leadNow({ tenant, lead_id });
    const counted = lead && ports.countedAs(lead);
    if (!counted || String(counted.names) === String(state.names)) return;
    // A lead stays on its day, whatever becomes of the tenant's time zone.
    const { names, day = counted.day } = state;
    const move = { tenant, lead_id, number: state.moves + 1, day, names, next: counted.names };
    if (counted.owner) await ports.nameOwner(tenant, counted.owner);
    const { guard } = await ports.lookAt(move);
    if (!(await ports.beginMove(move))) continue;
    if (await ports.makeMove(move, difference(names, move.next), guard)) return end(move, ports);
  }
}

/** Carries out a move that somebody began, who may be at it still. */
async function takeOver(lead: Id, { moves, day = '', names, next = [] }: CountState, ports: CountPorts): Promise<void> {
  const move = { ...lead, number: moves, day, names, next };
  const { guard, isDone } = await ports.lookAt(move);
  if (!isDone) {
    // One that has ended by now may have been forgotten before the look; one that ends later changes the guard.
    const { moves: number, next: stillNext } = await ports.countNow(lead);
    if (number !== move.number || !stillNext) return;
    if (!(await ports.makeMove(move, difference(names, next), guard))) return;
  }
  await end(move, ports);
}

async function end(move: Move, ports: CountPorts): Promise<void> {
  await ports.endMove(move);
  await ports.forgetMove(move);
}
