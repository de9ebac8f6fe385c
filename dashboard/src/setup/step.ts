/** One thing to do, and the one way to do it: a page to open, a test to send, a text to copy. */
export interface Step {
  id: string;
  title: string;
  says: string;
  state: 'done' | 'open' | 'optional';
  copy?: { label: string; value: string };
  command?: string;
  open?: { label: string; to: string };
  test?: 'slack' | 'emails';
}

/** So many of something, as a sentence. */
export const howMany = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}.`;
