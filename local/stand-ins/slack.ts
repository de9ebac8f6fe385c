import type { SlackMessage } from './slack-text.ts';

/** Why Slack would not take a message, in its own word; nothing where it would. */
export function refusal(body: Buffer | undefined): string | undefined {
  const message = parse(body);
  if (!message) return 'invalid_payload';
  const { text, blocks } = message;
  if (!text && !blocks?.length) return 'no_text';
  if (blocks && (!Array.isArray(blocks) || blocks.length > 50 || blocks.some(isTooLong))) return 'invalid_blocks';
  return undefined;
}

export function parse(body: Buffer | undefined): SlackMessage | undefined {
  try {
    const message: unknown = JSON.parse(body?.toString() ?? '');
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** Slack's limits on the parts of a block. */
function isTooLong({
  type,
  text,
  fields = [],
  elements = [],
  block_id: id = '',
}: NonNullable<SlackMessage['blocks']>[number]): boolean {
  const length = typeof text === 'object' && typeof text.text === 'string' ? text.text.length : 0;
  const limits: Record<string, number> = { header: 150, section: 3000 };
  const areTooMany = fields.length > 10 || (type === 'context' && elements.length > 10);
  return id.length > 255 || areTooMany || length > (limits[type ?? ''] ?? Infinity);
}
