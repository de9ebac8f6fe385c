import { CaptureMessage } from '../core/capture-message.ts';
import { keysIn } from '../core/s3-events.ts';

/** What a message on the capture queue asks for: deliveries to read, or what `capture` or a command sent. */
export type Asked = { keys: string[] } | { message: CaptureMessage };

/** Reads a message. Throws where it is neither ours nor S3's. */
export function askedIn(body: string): Asked {
  const content = JSON.parse(body) as { v?: unknown };
  return content.v === undefined ? { keys: keysIn(body) } : { message: CaptureMessage.parse(content) };
}
