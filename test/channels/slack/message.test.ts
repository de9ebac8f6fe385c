import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { message } from '../../../lambdas/channels/slack/message.ts';
import { alert } from '../../fixtures/alert.ts';

/** What of a message is more than text: links, pings and markup. */
const effectsOf = (sent: unknown) =>
  JSON.stringify(sent).match(/"type":"(link|user|usergroup|broadcast|channel|emoji|mrkdwn)"/g) ?? [];

it('is an alert in Block Kit', () => {
  expect(message(alert, 'lead_Zq3')).toEqual({
    text: 'New lead: Zoë Müller (Potential) for Grace Hopper',
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      {
        type: 'header',
        block_id: 'lead_Zq3',
        text: { type: 'plain_text', text: 'New Lead Alert: Zoë Müller', emoji: false },
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Owner: ' },
              { type: 'user', user_id: 'U012AB3CD' },
              { type: 'text', text: ' (Grace Hopper)' },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'Phone: +1 415 555 0100 · ' },
              { type: 'link', url: 'https://wa.me/14155550100', text: 'WhatsApp' },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'Created: ' },
              { type: 'date', timestamp: 1_772_717_400, format: '{date_short_pretty} {time}', fallback: 'today 14:30' },
              { type: 'text', text: ' (12 min ago)' },
              { type: 'text', text: '\n' },
              { type: 'link', url: 'https://app.close.com/lead/lead_Zq3/', text: 'Open in Close' },
            ],
          },
        ],
      },
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: 'Not given: email · Lead ID lead_Zq3', emoji: false }],
      },
    ],
  });
});

const headerOf = (title: string) => {
  const [header] = message({ ...alert, title }, 'lead_Zq3').blocks ?? [];
  return header && 'text' in header && typeof header.text === 'object' ? header.text.text : undefined;
};

describe('its header', () => {
  it('keeps to Slack’s 150 characters', () => {
    expect(headerOf('x'.repeat(150))).toBe('x'.repeat(150));
    expect(headerOf('x'.repeat(151))).toBe(`${'x'.repeat(149)}…`);
  });

  it('is not cut within an emoji', () => {
    expect(headerOf(`${'x'.repeat(147)}👩‍👩‍👧👍`)).toBe(`${'x'.repeat(147)}…`);
  });

  it('is always well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (title) => {
        const header = headerOf(title) ?? '';
        expect(header.length).toBeLessThanOrEqual(150);
        expect(header.length).toBeGreaterThan(0);
        expect(header.isWellFormed()).toBe(true);
      }),
    );
  });
});

it('takes the longest address of a dashboard: Slack allows links of 3,000 characters', () => {
  const link = `https://${'d'.repeat(253)}/leads/${'x'.repeat(128)}/trace`;
  const { blocks = [] } = message({ ...alert, lines: [[{ link, text: 'What happened' }]] }, 'lead_Zq3');
  expect(JSON.stringify(blocks[1])).toContain(`"url":"${link}"`);
  expect(link.length).toBeLessThanOrEqual(3000);
});

describe('text of a lead', () => {
  it('is escaped in the notification, where Slack reads markup', () => {
    const { text } = message({ ...alert, short: '<!channel> <@U123> <http://evil.example|Bank> R&D &lt;' }, 'lead_Zq3');
    expect(text).toBe('&lt;!channel&gt; &lt;@U123&gt; &lt;http://evil.example|Bank&gt; R&amp;D &amp;lt;');
  });

  it('pings nobody and links nowhere, whatever it is', () => {
    const hostile = fc.constantFrom(
      '<!channel>',
      '<@U123>',
      '<http://evil.example|Bank>',
      '*bold*',
      ':tada:',
      '@here',
      '&lt;',
    );
    const text = fc
      .array(fc.oneof(hostile, fc.string({ unit: 'binary', minLength: 1 })), { minLength: 1 })
      .map((some) => some.join(' '));
    fc.assert(
      fc.property(text, (said) => {
        const sent = message(
          { title: said, lines: [[{ text: said }]], small: said, short: said, subject: said },
          'lead_Zq3',
        );
        expect(effectsOf(sent)).toEqual([]);
        expect(sent.text).not.toMatch(/[<>]/);
      }),
    );
  });
});
