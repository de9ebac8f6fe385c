import type { IncomingWebhookSendArguments } from '@slack/webhook';
import type { Alert } from '../../core/alert.ts';
import type { Part } from '../../core/alert-lines.ts';

/** Slack's own limit for a header (https://docs.slack.dev/reference/block-kit/blocks/header-block). */
const HEADER_LENGTH = 150;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * An alert in Block Kit. Lead text stands in rich text and plain text only, where Slack reads no markup: it can neither ping
 * nor link. The first block carries the lead's id, so that a repeat can be told for one.
 */
export const message = ({ title, lines, small, short }: Alert, leadId: string): IncomingWebhookSendArguments => ({
  text: escape(short),
  unfurl_links: false,
  unfurl_media: false,
  blocks: [
    {
      type: 'header',
      block_id: leadId,
      text: { type: 'plain_text', text: header(title), emoji: false },
    },
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: lines.flatMap(lineOf) }] },
    { type: 'context', elements: [{ type: 'plain_text', text: small, emoji: false }] },
  ],
});

/** Emoji count for as much as they take in memory, and are never cut in two: half of one makes Slack refuse the message. */
function header(title: string): string {
  if (title.length <= HEADER_LENGTH) return title;
  const fitting = [...graphemes.segment(title)].filter(({ index, segment }) => index + segment.length < HEADER_LENGTH);
  return `${fitting.map(({ segment }) => segment).join('')}…`;
}

const lineOf = (line: Part[], index: number) => [
  ...(index > 0 ? [{ type: 'text' as const, text: '\n' }] : []),
  ...line.map(elementOf),
];

/** A time is shown in the reader's own zone; the text stands in for it where Slack can't (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
function elementOf(part: Part) {
  if ('mention' in part) return { type: 'user' as const, user_id: part.mention };
  if ('link' in part) return { type: 'link' as const, url: part.link, text: part.text };
  if ('time' in part) {
    return {
      type: 'date' as const,
      timestamp: Math.floor(part.time / 1000),
      format: '{date_short_pretty} {time}',
      fallback: part.text,
    };
  }
  return { type: 'text' as const, text: part.text };
}

/** The three characters that mean something in Slack's markup (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
