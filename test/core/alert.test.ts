import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { alertOf } from '../../lambdas/core/alert.ts';
import type { AlertContext } from '../../lambdas/core/alert-lines.ts';
import { given } from '../../lambdas/core/given.ts';
import type { EnrichedLead } from '../../lambdas/core/lead.ts';
import { manual } from '../../lambdas/core/manual.ts';
import { enrichedLead, noFacts } from '../fixtures/lead.ts';
import { readAlert } from '../fixtures/read-alert.ts';

const context: AlertContext = {
  now: Date.parse('2026-03-05T13:42:00.000Z'),
  dueAt: Date.parse('2026-03-05T13:40:01.000Z'),
  timeZone: 'Europe/Berlin',
  fallbackOwner: 'Unassigned',
  slackIds: { 'Grace Hopper': 'U012AB3CD' },
  source: { label: 'Close', linkTo: (id) => `https://app.close.com/lead/${id}/` },
};
const unknown: EnrichedLead = { ...enrichedLead, ...noFacts, lead_owner: 'Unassigned', lead_owner_email: null };
const hour = 3_600_000;

const alert = (change: Partial<EnrichedLead> = {}, from: Partial<AlertContext> = {}) =>
  alertOf({ ...enrichedLead, ...change }, { ...context, ...from });
const shown = (...of: Parameters<typeof alert>) => readAlert(alert(...of));
const lineOf = (label: string, ...of: Parameters<typeof alert>) =>
  shown(...of)
    .split('\n')
    .find((line) => line.startsWith(`${label}: `));

describe('an alert', () => {
  it('of a lead of which everything is known', () => {
    expect(shown()).toMatchInlineSnapshot(`
     "New Lead Alert: Zoë Müller
     Owner: <ping U012AB3CD @Grace> (Grace Hopper)
     Phone: +1 415 555 0100 · [WhatsApp](https://wa.me/14155550100)
     Email: zoe@example.org
     Company: Acme
     Label: Potential · Funnel: Webinar · Category: Pending
     From: Close (Instagram) · Spring form · Spring campaign
     Said: Budget "150k-250k" · Start "soon"
     Created: <time 2026-03-05T13:30:00.000Z today 14:30> (12 min ago)
     [Open in Close](https://app.close.com/lead/lead_Zq3/)
     Lead ID lead_Zq3"
    `);
  });

  it('of a lead of which nothing is known', () => {
    expect(readAlert(alertOf(unknown, context))).toMatchInlineSnapshot(`
     "New Lead Alert: Name not given
     Owner: nobody yet after 10 min, please take it
     Category: Pending
     From: Close
     [Open in Close](https://app.close.com/lead/lead_Zq3/)
     Not given: phone, email, company · Lead ID lead_Zq3"
    `);
  });

  it('of a lead that a person added has no wait behind it, and no link to a CRM', () => {
    const added = alertOf(
      { ...unknown, source: 'manual' },
      { ...context, dueAt: Date.parse(unknown.received_at), source: manual },
    );
    expect(readAlert(added)).toMatchInlineSnapshot(`
     "New Lead Alert: Name not given
     Owner: nobody yet, please take it
     Category: Pending
     From: Added by hand
     Not given: phone, email, company · Lead ID lead_Zq3"
    `);
  });

  it('reads on a lock screen', () => {
    expect(alert().short).toBe('New lead: Zoë Müller (Potential) for Grace Hopper');
    expect(alertOf(unknown, context).short).toBe('New lead: Name not given for nobody yet');
  });

  it('has a subject for an e-mail', () => {
    expect(alert().subject).toBe('New lead: Zoe Muller (Potential) for Grace Hopper');
    expect(alert({ is_test: true }).subject).toBe('New lead: TEST - Zoe Muller (Potential) for Grace Hopper');
    expect(alertOf(unknown, context).subject).toBe('New lead: Name not given for nobody yet');
  });

  it.each<[keyof EnrichedLead, Partial<EnrichedLead>, string, string]>([
    ['display_name', { display_name: null }, 'New Lead Alert: Zoë Müller', 'New Lead Alert: zoe@example.org'],
    [
      'phone',
      { phone: null },
      'Phone: +1 415 555 0100 · [WhatsApp](https://wa.me/14155550100)',
      'Not given: phone · Lead ID lead_Zq3',
    ],
    ['lead_email', { lead_email: null }, 'Email: zoe@example.org', 'Not given: email · Lead ID lead_Zq3'],
    ['company', { company: null }, 'Company: Acme', 'Not given: company · Lead ID lead_Zq3'],
    [
      'status_label',
      { status_label: null },
      'Label: Potential · Funnel: Webinar · Category: Pending',
      'Funnel: Webinar · Category: Pending',
    ],
    [
      'funnel',
      { funnel: null },
      'Label: Potential · Funnel: Webinar · Category: Pending',
      'Label: Potential · Category: Pending',
    ],
    ['attribution', { attribution: null }, 'From: Close (Instagram) · Spring form · Spring campaign', 'From: Close'],
    ['answers', { answers: [] }, 'Said: Budget "150k-250k" · Start "soon"', ''],
    ['date_created', { date_created: null }, 'Created: <time 2026-03-05T13:30:00.000Z today 14:30> (12 min ago)', ''],
    [
      'lead_owner',
      { lead_owner: 'Unassigned' },
      'Owner: <ping U012AB3CD @Grace> (Grace Hopper)',
      'Owner: nobody yet after 10 min, please take it',
    ],
  ])('without %s', (_, missing, gone, instead) => {
    const all = shown().split('\n');
    const rest = shown(missing).split('\n');
    expect(all.filter((line) => !rest.includes(line))).toContain(gone);
    expect(rest.filter((line) => !all.includes(line)).join('\n')).toBe(instead);
  });

  it('is called by its e-mail, then its phone, where it has no name', () => {
    expect(alert({ display_name: null }).title).toBe('New Lead Alert: zoe@example.org');
    expect(alert({ display_name: null, lead_email: null }).title).toBe('New Lead Alert: +14155550100');
    expect(alert({ display_name: null, lead_email: null, phone: null }).title).toBe('New Lead Alert: Name not given');
  });

  it('of a name of 2,000 characters', () => {
    const { title, short, subject } = alert({ display_name: 'Ana '.repeat(500) });
    expect(title).toBe(`New Lead Alert: ${'Ana '.repeat(19)}Ana…`);
    expect(short).toBe(`New lead: ${'Ana '.repeat(19)}Ana… (Potential) for Grace Hopper`);
    expect(subject).toBe(`New lead: ${'Ana '.repeat(19)}Ana... (Po...`);
  });

  it('of a person who writes from right to left', () => {
    expect(shown({ display_name: 'נועה לוי', company: 'شركة' })).toMatchInlineSnapshot(`
     "New Lead Alert: ⁨נועה לוי⁩
     Owner: <ping U012AB3CD @Grace> (Grace Hopper)
     Phone: +1 415 555 0100 · [WhatsApp](https://wa.me/14155550100)
     Email: zoe@example.org
     Company: ⁨شركة⁩
     Label: Potential · Funnel: Webinar · Category: Pending
     From: Close (Instagram) · Spring form · Spring campaign
     Said: Budget "150k-250k" · Start "soon"
     Created: <time 2026-03-05T13:30:00.000Z today 14:30> (12 min ago)
     [Open in Close](https://app.close.com/lead/lead_Zq3/)
     Lead ID lead_Zq3"
    `);
  });

  it('of a person with an emoji for a name', () => {
    expect(shown({ display_name: '👩‍👩‍👧 Ruiz 🏳️‍🌈', lead_owner: '🦄 Team' })).toMatchInlineSnapshot(`
     "New Lead Alert: 👩‍👩‍👧 Ruiz 🏳️‍🌈
     Owner: 🦄 Team
     Phone: +1 415 555 0100 · [WhatsApp](https://wa.me/14155550100)
     Email: zoe@example.org
     Company: Acme
     Label: Potential · Funnel: Webinar · Category: Pending
     From: Close (Instagram) · Spring form · Spring campaign
     Said: Budget "150k-250k" · Start "soon"
     Created: <time 2026-03-05T13:30:00.000Z today 14:30> (12 min ago)
     [Open in Close](https://app.close.com/lead/lead_Zq3/)
     Lead ID lead_Zq3"
    `);
  });

  it('of a person who means harm', () => {
    const hostile = '<!channel> <@U123> *bold* http://evil.example\n\nOwner: me [a](http://evil.example)';
    const said = shown({
      display_name: hostile,
      status_label: hostile,
      lead_email: hostile,
      phone: hostile,
      company: hostile,
      funnel: hostile,
      lead_owner: hostile,
      attribution: { platform: hostile, form: hostile, campaign: hostile },
      answers: [{ question: hostile, answer: hostile }],
    });
    expect(said).toMatchInlineSnapshot(`
     "New Lead Alert: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Owner: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Phone: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Email: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Company: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Label: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example) · Funnel: <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example) · Category: Pending
     From: Close (<!channel> <@U123> *bold* http://evil.e…) · <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example) · <!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)
     Said: <!channel> <@U123> *bold* http://evil.e… "<!channel> <@U123> *bold* http://evil.example Owner: me [a](http://evil.example)"
     Created: <time 2026-03-05T13:30:00.000Z today 14:30> (12 min ago)
     [Open in Close](https://app.close.com/lead/lead_Zq3/)
     Lead ID lead_Zq3"
    `);
  });
});

describe('the subject', () => {
  it.each<[string, Partial<EnrichedLead>, string]>([
    [
      'is of the e-mail where the name has no Latin letters',
      { display_name: '王小明' },
      'New lead: zoe@example.org (Potential) for Grace Hopper',
    ],
    [
      'is of the number where there is no e-mail',
      { display_name: '王小明', lead_email: null },
      'New lead: +14155550100 (Potential) for Grace Hopper',
    ],
    [
      'is of the id where there is nothing else',
      { display_name: '王·明', lead_email: 'почта@пример.рф', phone: null },
      'New lead: lead_Zq3 (Potential) for Grace Hopper',
    ],
    ['leaves an owner out that it can’t write', { lead_owner: '李雷' }, 'New lead: Zoe Muller (Potential)'],
    ['leaves a label out that it can’t write', { status_label: '潜在客户' }, 'New lead: Zoe Muller for Grace Hopper'],
  ])('%s', (_, change, subject) => expect(alert(change).subject).toBe(subject));
});

describe('the marks before the name', () => {
  it.each<[string, Partial<EnrichedLead>, number, string]>([
    ['none, normally', {}, 0, 'Zoë Müller'],
    ['none, a little late', {}, 0.49, 'Zoë Müller'],
    ['LATE from half an hour', {}, 0.5, 'LATE 30 min · Zoë Müller'],
    ['LATE by hours', {}, 3.2, 'LATE 3 h · Zoë Müller'],
    ['TEST', { is_test: true }, 0, 'TEST · Zoë Müller'],
    ['Already subscribed', { category: 'subscribed' }, 0, 'Already subscribed · Zoë Müller'],
    ['nothing for one who has left', { category: 'terminated' }, 0, 'Zoë Müller'],
    ['all of them', { is_test: true, category: 'subscribed' }, 3, 'TEST · LATE 3 h · Already subscribed · Zoë Müller'],
  ])('%s', (_, change, hoursLate, marked) => {
    const { title, short } = alert(change, { now: context.dueAt + hoursLate * hour });
    expect(title).toBe(`New Lead Alert: ${marked}`);
    expect(short).toBe(`New lead: ${marked} (Potential) for Grace Hopper`);
  });
});

describe('a lead that no webhook brought', () => {
  it.each([
    [3 * hour, 'LATE 3 h'],
    [20 * 60_000, 'LATE 20 min'],
    [5000, 'LATE 1 min'],
  ])('is LATE since its vendor has it, %i ms ago', (ago, mark) => {
    const { title } = alert({}, { now: context.dueAt, lateSince: context.dueAt - ago });
    expect(title).toBe(`New Lead Alert: ${mark} · Zoë Müller`);
  });
});

const waited = (seconds: number) =>
  lineOf('Owner', { lead_owner: 'Unassigned' }, { dueAt: Date.parse(enrichedLead.received_at) + seconds * 1000 });

describe('the owner', () => {
  it('is pinged where the setting knows the Slack id, and only there', () => {
    expect(lineOf('Owner')).toBe('Owner: <ping U012AB3CD @Grace> (Grace Hopper)');
    expect(lineOf('Owner', { lead_owner: 'Alan Turing' })).toBe('Owner: Alan Turing');
  });

  it('is nobody where the fallback owner has it, who is pinged if the setting says so', () => {
    expect(lineOf('Owner', { lead_owner: 'Unassigned' })).toBe('Owner: nobody yet after 10 min, please take it');
    expect(lineOf('Owner', { lead_owner: 'Unassigned' }, { slackIds: { Unassigned: 'U0TEAM' } })).toBe(
      'Owner: <ping U0TEAM @Unassigned>, nobody yet after 10 min, please take it',
    );
  });

  it('is never one of an object’s own names', () => {
    expect(lineOf('Owner', { lead_owner: 'constructor' })).toBe('Owner: constructor');
    expect(lineOf('Owner', { lead_owner: '__proto__' })).toBe('Owner: __proto__');
  });

  it('had as long as the lead waited', () => {
    expect(waited(10)).toBe('Owner: nobody yet after 10 s, please take it');
    expect(waited(900)).toBe('Owner: nobody yet after 15 min, please take it');
  });
});

describe('the phone', () => {
  it('has no link where the number is not valid', () => {
    expect(lineOf('Phone', { phone: '555 0100' })).toBe('Phone: 555 0100');
  });
});

describe('where it came from', () => {
  it.each<[EnrichedLead['attribution'], string]>([
    [null, 'From: Close'],
    [{}, 'From: Close'],
    [{ platform: 'Instagram' }, 'From: Close (Instagram)'],
    [{ form: 'Spring form' }, 'From: Close · Spring form'],
    [{ platform: '', form: ' ', campaign: '\u200B' }, 'From: Close'],
    [{ platform: 'None', form: 'None', campaign: 'Spring campaign' }, 'From: Close · Spring campaign'],
  ])('%j', (attribution, line) => expect(lineOf('From', { attribution })).toBe(line));

  it.each([
    ['ig', 'From: Meta (Instagram)'],
    ['fb', 'From: Meta (Facebook)'],
    ['an', 'From: Meta (an)'],
    ['constructor', 'From: Meta (constructor)'],
    ['__proto__', 'From: Meta (__proto__)'],
  ])('has people’s name of a platform for the vendor’s code, where there is one: %s', (platform, line) => {
    const source = {
      label: 'Meta',
      linkTo: () => 'https://meta.example',
      platforms: { fb: 'Facebook', ig: 'Instagram' },
    };
    expect(lineOf('From', { attribution: { platform } }, { source })).toBe(line);
  });
});

const saidOf = (...answers: EnrichedLead['answers']) => lineOf('Said', { answers });

describe('the link to what happened', () => {
  const dashboard = 'https://leads.example.org';
  const lastLine = (...of: Parameters<typeof alert>) =>
    shown(...of)
      .split('\n')
      .at(-2);

  it('stands beside the one to the CRM, in every alert of a stage with a dashboard', () => {
    const both = `[Open in Close](https://app.close.com/lead/lead_Zq3/) · [What happened](${dashboard}/leads/lead_Zq3/trace)`;
    expect(lastLine({}, { dashboard })).toBe(both);
    expect(lastLine({ is_test: true }, { dashboard, now: context.dueAt + 3 * hour })).toBe(both);
  });

  it('stands alone where a person added the lead', () => {
    expect(lastLine({ source: 'manual' }, { dashboard, source: manual })).toBe(
      `[What happened](${dashboard}/leads/lead_Zq3/trace)`,
    );
  });

  it('is not there where nobody knows where the dashboard is, or there is none', () => {
    expect(shown({}, { dashboard: undefined })).not.toContain('What happened');
  });

  it('is an address whatever the id is', () => {
    expect(lastLine({ lead_id: 'a|b>/../c' }, { dashboard })).toContain(`(${dashboard}/leads/a%7Cb%3E%2F..%2Fc/trace)`);
  });
});

describe('what they said', () => {
  it('is at most three answers, and how many more there are', () => {
    const answers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((answer) => ({ question: 'Q', answer }));
    expect(saidOf(...answers)).toBe('Said: Q "a" · Q "b" · Q "c" · 4 more');
    expect(saidOf(...answers.slice(0, 3))).toBe('Said: Q "a" · Q "b" · Q "c"');
  });

  it('reads as people write it where the vendor writes underscores', () => {
    expect(saidOf({ question: 'when_would_you_start?', answer: 'next_week' })).toBe(
      'Said: when would you start? "next_week"',
    );
  });

  it('begins with the answers that have a name', () => {
    expect(saidOf({ question: null, answer: '13074380' }, { question: 'Budget', answer: '150k' })).toBe(
      'Said: Budget "150k" · "13074380"',
    );
  });

  it('leaves out a row of underscores', () => {
    expect(saidOf({ question: 'Sign', answer: '_______________' }, { question: 'Budget', answer: '150k' })).toBe(
      'Said: Budget "150k"',
    );
    expect(saidOf({ question: 'Sign', answer: '____' })).toBeUndefined();
  });

  it('is cut at 80 characters', () => {
    expect(saidOf({ question: 'Why', answer: 'x'.repeat(81) })).toBe(`Said: Why "${'x'.repeat(79)}…"`);
  });
});

describe('whatever a lead says', () => {
  const words = /none|null|undefined/gi;
  const text = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u200B', '', ' ', '\n', '\u202E', 'שלום', '<!channel>', '👩‍👩‍👧', '·', '+14155550100', '王'),
    )
    .map((some) => some.replace(words, ''));
  const maybe = text.map(given);
  const leads = fc.record({
    display_name: maybe,
    status_label: maybe,
    lead_email: maybe,
    phone: maybe,
    company: maybe,
    funnel: maybe,
    lead_owner: maybe.map((owner) => owner ?? 'Unassigned'),
    category: fc.constantFrom('pending' as const, 'subscribed' as const, 'terminated' as const),
    is_test: fc.boolean(),
    date_created: fc.option(
      fc.constantFrom('2026-03-05T13:30:00.000Z', '1999-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z'),
    ),
    attribution: fc.option(fc.record({ platform: text, form: text, campaign: text }, { requiredKeys: [] })),
    answers: fc.array(fc.record({ question: maybe, answer: maybe.map((answer) => answer ?? 'yes') }), { maxLength: 6 }),
  });

  it('no line is empty, breaks in two or tells what is missing in a programmer’s words', () => {
    fc.assert(
      fc.property(leads, (lead) => {
        const { title, lines, small, short, subject } = alert(lead);
        const parts = lines.flat().map((part) => part.text);
        const all = [title, small, short, subject, ...lines.map((line) => line.map((part) => part.text).join(''))];
        for (const line of all) expect(line.trim()).not.toBe('');
        for (const part of [...parts, ...all]) {
          expect(part).not.toBe('');
          expect(part).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(part).not.toMatch(/\b(null|undefined|None|NaN|Invalid Date)\b/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the subject is one line of ASCII under 100 characters', () => {
    fc.assert(
      fc.property(leads, (lead) => expect(alert(lead).subject).toMatch(/^New lead: [\x20-\x7e]{1,89}$/)),
      { numRuns: 300 },
    );
  });

  it('links and pings are ours', () => {
    fc.assert(
      fc.property(leads, (lead) => {
        for (const part of alert(lead).lines.flat()) {
          if ('link' in part) expect(part.link).toMatch(/^https:\/\/(app\.close\.com\/lead\/lead_Zq3\/|wa\.me\/\d+)$/);
          expect('mention' in part).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
