import { createInterface } from 'node:readline/promises';

/** Whether a person at the terminal says yes to something that can't be undone. */
export async function confirmed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} Type yes to go on: `)).trim());
  } finally {
    lines.close();
  }
}
