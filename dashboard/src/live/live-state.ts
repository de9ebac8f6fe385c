import { useTicking } from '../time/ticking.ts';
import { type LiveState, pillOf, type PillState } from './pill-of.ts';

let state: LiveState = { heardAt: null, failures: 0 };

export const noteAnswer = (): void => {
  state = { heardAt: Date.now(), failures: 0 };
};
export const noteFailure = (): void => {
  state = { ...state, failures: state.failures + 1 };
};
export const forgetAnswers = (): void => {
  state = { heardAt: null, failures: 0 };
};

/** What the pill says now. */
export function usePill(): PillState {
  useTicking(() => pillOf(state, Date.now()).text);
  return pillOf(state, Date.now());
}
