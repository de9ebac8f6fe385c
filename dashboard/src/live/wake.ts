const calls = new EventTarget();
const CALL = 'call';

/** Ends the pause: the server has just answered somebody else here. */
export const wake = (): void => void calls.dispatchEvent(new Event(CALL));

const isVisible = () => document.visibilityState === 'visible';

/** Waits until somebody can see the page, or the signal ends it. */
export const untilVisible = (signal: AbortSignal): Promise<void> =>
  isVisible() ? Promise.resolve() : woken(signal, ['visibilitychange'], isVisible);

/** Waits that long; less where somebody comes back to the page, or the network does. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  woken(signal, ['visibilitychange', 'online'], isVisible, milliseconds);

function woken(signal: AbortSignal, events: string[], isEnough: () => boolean, milliseconds?: number): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      over.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = milliseconds === undefined ? undefined : setTimeout(end, milliseconds);
    const look = () => {
      if (isEnough()) end();
    };
    for (const event of events) {
      document.addEventListener(event, look, { signal: over.signal });
      window.addEventListener(event, look, { signal: over.signal });
    }
    calls.addEventListener(CALL, look, { signal: over.signal });
    signal.addEventListener('abort', end, { signal: over.signal });
  });
}
