import { useRef, useState } from 'react';
import { sentenceOf } from './failure.ts';

const idle = { isBusy: false, problem: null as string | null };

/** Does one thing at a time and says how it went. Nothing of what was sent is kept: it may be a secret. */
export function useSubmit() {
  const [state, setState] = useState(idle);
  const isRunning = useRef(false);
  async function submit(run: () => Promise<void>): Promise<void> {
    if (isRunning.current) return;
    isRunning.current = true;
    setState({ isBusy: true, problem: null });
    try {
      await run();
      setState(idle);
    } catch (error) {
      setState({ isBusy: false, problem: sentenceOf(error) });
    } finally {
      isRunning.current = false;
    }
  }
  return { ...state, submit };
}
