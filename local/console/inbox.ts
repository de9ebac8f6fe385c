import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stand-in or a subscriber accepted. */
export interface InboxMessage {
  channel: 'slack' | 'email' | 'alarm' | 'topic';
  to: string;
  at: string;
  lead_id: string | null;
  /** All that a person reads. */
  text: string;
  payload: object;
}

/** Everything that people were told, kept over a restart. */
export class Inbox {
  readonly #file: string;
  #messages: InboxMessage[];

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'inbox.jsonl');
    this.#messages = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n').flatMap(parse) : [];
  }

  get messages(): readonly InboxMessage[] {
    return this.#messages;
  }

  /** Keeps a message before it is acknowledged. */
  add(message: Omit<InboxMessage, 'at'>) {
    const kept = { ...message, at: new Date().toISOString() };
    appendFileSync(this.#file, `${JSON.stringify(kept)}\n`);
    this.#messages.push(kept);
  }

  clear() {
    writeFileSync(this.#file, '');
    this.#messages = [];
  }
}

/** A line that a killed run left unfinished was never acknowledged. */
function parse(line: string): InboxMessage[] {
  try {
    return [JSON.parse(line) as InboxMessage];
  } catch {
    return [];
  }
}
