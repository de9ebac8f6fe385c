import { useSyncExternalStore } from 'react';
import { showUnseen } from '../shell/document-title.ts';

/** How long a lead that came in stands out. */
const FRESH_MS = 8000;

let unseen: ReadonlySet<string> = new Set();
const arrivals = new Map<string, number>();
const listeners = new Set<() => void>();

function become(next: ReadonlySet<string>) {
  unseen = next;
  showUnseen(next.size);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Leads that came in since somebody last looked at the top of the list. */
export const useUnseen = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => unseen);

/** Notes leads that have just come in. */
export function noteArrivals(ids: string[]): void {
  for (const id of ids) arrivals.set(id, Date.now());
  become(new Set([...unseen, ...ids]));
}

/** Somebody has looked. */
export function lookAt(): void {
  if (unseen.size > 0) become(new Set());
}

/** Whether a lead came in just now. */
export const isFresh = (id: string): boolean => Date.now() - (arrivals.get(id) ?? -Infinity) < FRESH_MS;
