/** Whether a thing is as it must be; `unknown` where nobody could say. */
export type State = 'ok' | 'wrong' | 'unknown';

/** What a finding is about: of the whole stage where there is no tenant. */
export interface Subject {
  tenant?: string | undefined;
  source?: string | undefined;
  /** A page or a portal. */
  account?: string | undefined;
}

/** What the doctor found at one place. */
export interface Finding {
  /** Names the check: `slack-url`. */
  id: string;
  state: State;
  of: Subject;
  /** What was found, in a sentence; never a secret. */
  cause: string;
  /** What it means for leads and people; `null` where all is well. */
  consequence: string | null;
  /** The click or the exact command that mends it; `null` where all is well. */
  cure: string | null;
}

interface Ailment {
  cause: string;
  consequence: string;
  cure: string;
}

export const fine = (id: string, of: Subject, cause: string): Finding => ({
  id,
  state: 'ok',
  of,
  cause,
  consequence: null,
  cure: null,
});

export const wrong = (id: string, of: Subject, ailment: Ailment): Finding => ({ id, state: 'wrong', of, ...ailment });

export const unknown = (id: string, of: Subject, ailment: Ailment): Finding => ({
  id,
  state: 'unknown',
  of,
  ...ailment,
});
