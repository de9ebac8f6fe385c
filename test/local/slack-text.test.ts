import { expect, it } from '@jest/globals';
import { readableText } from '../../local/stand-ins/slack-text.ts';
import { refusal } from '../../local/stand-ins/slack.ts';

it('reads a message as people do: notification, title, lines, links, mentions and small print', () => {
  const text = readableText({
    text: 'New lead: Zoë &amp; Co',
    blocks: [
      { type: 'header', block_id: 'lead_1', text: { type: 'plain_text', text: 'New Lead Alert: Zoë' } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Owner: ' },
              { type: 'user', user_id: 'U123' },
              { type: 'text', text: '\nEmail: ' },
              { type: 'link', url: 'mailto:zoe@example.org', text: 'zoe@example.org' },
              { type: 'text', text: '\nCreated: ' },
              { type: 'date', fallback: 'today 14:30' },
              { type: 'text', text: '\n' },
              { type: 'link', url: 'https://app.close.com/lead/lead_1/', text: 'Open in Close' },
            ],
          },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: '<@U9> <!channel> <https://a.example|A> &lt;b&gt;' } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: 'one' },
          { type: 'plain_text', text: '<two>' },
        ],
      },
      { type: 'context', elements: [{ type: 'plain_text', text: 'Lead ID lead_1' }] },
    ],
  });
  expect(text.split('\n')).toEqual([
    'New lead: Zoë & Co',
    'New Lead Alert: Zoë',
    'Owner: @U123',
    'Email: zoe@example.org',
    'Created: today 14:30',
    'Open in Close (https://app.close.com/lead/lead_1/)',
    '@U9 @channel A (https://a.example) <b>',
    'one',
    '<two>',
    'Lead ID lead_1',
  ]);
});

it.each([
  ['no JSON', 'x', 'invalid_payload'],
  ['a list', '[]', 'invalid_payload'],
  ['nothing to read', '{}', 'no_text'],
  ['51 blocks', JSON.stringify({ blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }), 'invalid_blocks'],
  [
    'a title of 151 characters',
    JSON.stringify({ blocks: [{ type: 'header', text: { text: 'x'.repeat(151) } }] }),
    'invalid_blocks',
  ],
  ['a message', '{"text":"x"}', undefined],
])('says of %s what Slack says', (_, body, said) => {
  expect(refusal(Buffer.from(body))).toBe(said);
});
