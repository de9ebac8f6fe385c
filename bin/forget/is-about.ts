import { CaptureMessage } from '../../lambdas/core/capture-message.ts';
import { jsonIn } from '../../lambdas/core/json.ts';
import { OwnerMessage } from '../../lambdas/core/owner-message.ts';
import { keysIn } from '../../lambdas/core/s3-events.ts';
import { SweepMessage } from '../../lambdas/core/sweep-message.ts';

/** Leads of which nothing shall be left, and deliveries that are gone. */
export interface Forgotten {
  leadIds: string[];
  rawKeys: string[];
}

/** Whether a message is about a forgotten lead, or about nothing but deliveries that are gone. An erasure is not: it may name a delivery that nothing else does. */
export function isAbout(body: string, { leadIds, rawKeys }: Forgotten): boolean {
  const content = jsonIn(body);
  const waiting = OwnerMessage.safeParse(content).data;
  if (waiting) return leadIds.includes(waiting.lead_id);
  // How far a look came is named by a lead or a delivery; it begins anew without.
  const swept = SweepMessage.safeParse(content).data;
  if (swept) return leadIds.some((id) => body.includes(id));
  const captured = CaptureMessage.safeParse(content).data;
  if (captured && 'reconsider' in captured) return leadIds.includes(captured.reconsider.lead_id);
  if (captured) return 'key' in captured && rawKeys.includes(captured.key);
  const keys = keysOf(body);
  return keys.length > 0 && keys.every((key) => rawKeys.includes(key));
}

function keysOf(body: string): string[] {
  try {
    return keysIn(body);
  } catch {
    return [];
  }
}
