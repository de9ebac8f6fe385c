import { useSyncExternalStore } from 'react';

let wanted: string | null = null;
const listeners = new Set<() => void>();

/** Asks the list to bring a lead before the eyes. */
export function wantShown(id: string | null): void {
  wanted = id;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useWanted = (): string | null => useSyncExternalStore(subscribe, () => wanted);
