import { CaptureMessage, type Slice, type Watch } from '../core/capture-message.ts';
import { keysIn } from './s3-events.ts';

/** What a message on the capture queue asks for: deliveries to read, a slice of one, or a look at parked events. */
export type Asked = { keys: string[] } | { slice: Slice } | { watch: Watch };

/** Reads a message. Throws where it is neither ours nor S3's. */
export function askedIn(body: string): Asked {
  const content = JSON.parse(body) as { v?: unknown };
  if (content.v === undefined) return { keys: keysIn(body) };
  const message = CaptureMessage.parse(content);
  return 'watch' in message ? { watch: message } : { slice: message };
}
