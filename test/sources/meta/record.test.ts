import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Account } from '../../../lambdas/core/account.ts';
import type { SourceEvent } from '../../../lambdas/core/event.ts';
import { Broken } from '../../../lambdas/core/failures.ts';
import { LeadFacts } from '../../../lambdas/core/lead.ts';
import { understand } from '../../../lambdas/sources/meta/record.ts';

type Json = Record<string, unknown>;

const event: SourceEvent = {
  id: '1480332907715264',
  leadId: '1480332907715264',
  type: 'page.leadgen',
  effect: 'new_lead',
  account: '604180245791302',
  occurredAt: '2026-03-05T13:30:00.000Z',
};
const page: Account = {
  source: 'meta',
  id: '604180245791302',
  tenant: 'north',
  name: 'Harbour Language School',
  owner: 'Grace Hopper',
  country: 'DE',
};

/** What the Graph API says of a lead. Nobody here exists. */
const lead = {
  id: '1480332907715264',
  created_time: '2026-03-05T14:29:58+0100',
  form_id: '911420387765013',
  ad_id: '6120034417785',
  ad_name: 'Video 2',
  adset_id: '6120034417001',
  adset_name: 'Berlin 25-40',
  campaign_id: '6120034410000',
  campaign_name: 'Spring campaign',
  platform: 'ig',
  is_organic: false,
  field_data: [
    { name: 'full_name', values: ['Zoë Müller'] },
    { name: 'email', values: ['zoe@example.org'] },
    { name: 'phone_number', values: ['030 901820'] },
    { name: 'company_name', values: ['Acme'] },
    { name: 'wann_möchten_sie_beginnen?', values: ['sofort'] },
    { name: 'utm_source', values: ['newsletter'] },
  ],
  custom_disclaimer_responses: [
    { checkbox_key: 'newsletter', is_checked: '1' },
    { checkbox_key: 'calls', is_checked: '' },
  ],
};

interface Under {
  names?: Record<string, string>;
  of?: SourceEvent;
  account?: Account;
}

/** What is made of this text, under these names and of this page. */
const read = (body: string, { names = {}, of = event, account = page }: Under = {}) =>
  understand({ body, names }, of, account) as { facts: LeadFacts; isTest: boolean };
/** What is made of the lead with other values. */
const facts = (change: Json = {}, at: Under = {}) => read(JSON.stringify({ ...lead, ...change }), at).facts;
/** What is made of these fields. */
const said = (...field_data: unknown[]) => facts({ field_data, custom_disclaimer_responses: undefined });
const field = (name: unknown, ...values: unknown[]) => ({ name, values });

it('a lead of Meta says this', () => {
  const { facts: all, isTest } = read(JSON.stringify(lead), { names: { form: 'Spring offer' } });
  expect(all).toEqual({
    display_name: 'Zoë Müller',
    status_label: null,
    lifecycle_stage: null,
    date_created: '2026-03-05T13:29:58.000Z',
    lead_email: 'zoe@example.org',
    phone: '+4930901820',
    company: 'Acme',
    funnel: null,
    utm: { source: 'newsletter' },
    attribution: {
      platform: 'ig',
      page: 'Harbour Language School',
      page_id: '604180245791302',
      form: 'Spring offer',
      form_id: '911420387765013',
      ad: 'Video 2',
      ad_id: '6120034417785',
      adset: 'Berlin 25-40',
      adset_id: '6120034417001',
      campaign: 'Spring campaign',
      campaign_id: '6120034410000',
      is_organic: 'false',
    },
    answers: [
      { question: 'wann_möchten_sie_beginnen?', answer: 'sofort' },
      { question: 'newsletter', answer: 'yes' },
      { question: 'calls', answer: 'no' },
    ],
  });
  expect(isTest).toBe(false);
});

describe('the fields that a lead is known by', () => {
  it.each<[string, unknown[], Partial<LeadFacts>]>([
    [
      'in capitals, as Meta wrote them once',
      [field('FULL_NAME', 'Zoë Müller'), field('EMAIL', 'zoe@example.org'), field('PHONE', '+14155550100')],
      { display_name: 'Zoë Müller', lead_email: 'zoe@example.org', phone: '+14155550100' },
    ],
    ['in any case, with spaces', [field(' Company_Name ', ' Acme ')], { company: 'Acme' }],
    [
      'by the names of work',
      [field('work_email', 'z@acme.example'), field('work_phone_number', '+14155550100')],
      { lead_email: 'z@acme.example', phone: '+14155550100' },
    ],
    [
      'by first and last name',
      [field('last_name', 'Müller'), field('first_name', 'Zoë')],
      { display_name: 'Zoë Müller' },
    ],
    ['by one of both', [field('last_name', 'Müller')], { display_name: 'Müller' }],
    ['by a name of its own', [field('name', 'Zoë')], { display_name: 'Zoë' }],
    ['with a single value', [{ name: 'email', value: 'zoe@example.org' }], { lead_email: 'zoe@example.org' }],
    ['with a value that is no list', [{ name: 'email', values: 'zoe@example.org' }], { lead_email: 'zoe@example.org' }],
    [
      'with a single value beside an empty list',
      [{ name: 'email', values: [], value: 'zoe@example.org' }],
      { lead_email: 'zoe@example.org' },
    ],
    [
      'with a single value beside none',
      [{ name: 'email', values: null, value: 'zoe@example.org' }],
      { lead_email: 'zoe@example.org' },
    ],
    ['with a number', [{ name: 'company', values: [1984] }], { company: '1984' }],
  ])('are read: %s', (_, fields, expected) => {
    expect(said(...fields)).toMatchObject({ ...expected, answers: [] });
  });

  it('are no answers; those beside them are', () => {
    expect(
      said(field('full_name', 'Zoë Müller'), field('first_name', 'Zoë'), field('job_title', 'Head')),
    ).toMatchObject({
      display_name: 'Zoë Müller',
      answers: [
        { question: 'first_name', answer: 'Zoë' },
        { question: 'job_title', answer: 'Head' },
      ],
    });
    expect(
      said(field('email', 'a@example.org'), field('email', 'b@example.org'), field('work_email', 'c@example.org')),
    ).toMatchObject({
      lead_email: 'a@example.org',
      answers: [
        { question: 'email', answer: 'b@example.org' },
        { question: 'work_email', answer: 'c@example.org' },
      ],
    });
  });

  it('are not known where nobody filled them in', () => {
    expect(
      said(field('full_name', ''), field('email', 'None'), field('phone_number'), field('company_name', null)),
    ).toMatchObject({
      display_name: null,
      lead_email: null,
      phone: null,
      company: null,
      answers: [],
    });
  });

  it('that are empty give way to the next of their kind', () => {
    expect(said(field('email', ' '), field('work_email', 'z@acme.example'))).toMatchObject({
      lead_email: 'z@acme.example',
      answers: [],
    });
  });
});

describe('what people answered', () => {
  it('is kept whole, in its order, under the names of the form in lower case', () => {
    const many = Array.from({ length: 40 }, (_, index) => field(`Question ${index}?`, `answer ${index}`));
    expect(said(...many).answers).toEqual(
      Array.from({ length: 40 }, (_, index) => ({ question: `question ${index}?`, answer: `answer ${index}` })),
    );
  });

  it('is joined where it is several values', () => {
    expect(said(field('languages', 'French', '', null, 'Italian')).answers).toEqual([
      { question: 'languages', answer: 'French, Italian' },
    ]);
  });

  it.each([[''], ['  '], [null], [undefined], [{}], ['None']])(
    'is kept under no question where its name is %j',
    (name) => {
      expect(said(field(name, 'yes')).answers).toEqual([{ question: null, answer: 'yes' }]);
    },
  );

  it('is kept where its name is one of an object’s own', () => {
    expect(
      said(field('__proto__', 'a'), field('constructor', 'b'), field('toString', 'c'), field('hasOwnProperty', 'd'))
        .answers,
    ).toEqual([
      { question: '__proto__', answer: 'a' },
      { question: 'constructor', answer: 'b' },
      { question: 'tostring', answer: 'c' },
      { question: 'hasownproperty', answer: 'd' },
    ]);
  });

  it.each(['<script>alert(1)</script>', '<!channel>', '../../etc/passwd', 'https://evil.example', '@everyone'])(
    'stays text: %s',
    (text) => expect(said(field('question', text)).answers).toEqual([{ question: 'question', answer: text }]),
  );

  it('does not suffer from a field beside it that is none', () => {
    expect(said(null, 'text', 7, [], {}, { name: 'empty' }, field('kept', 'yes')).answers).toEqual([
      { question: 'kept', answer: 'yes' },
    ]);
    for (const field_data of [null, undefined, 'text', {}, 7]) expect(facts({ field_data }).display_name).toBeNull();
  });

  it('is yes or no for the boxes beside the form, whatever way that is said', () => {
    const custom_disclaimer_responses = [
      { checkbox_key: 'a', is_checked: '1' },
      { checkbox_key: 'b', is_checked: true },
      { checkbox_key: 'c', is_checked: 1 },
      { checkbox_key: 'd', is_checked: '' },
      { checkbox_key: 'e', is_checked: false },
      { checkbox_key: 'f' },
      { is_checked: '1' },
      null,
    ];
    expect(facts({ field_data: [], custom_disclaimer_responses }).answers).toEqual([
      { question: 'a', answer: 'yes' },
      { question: 'b', answer: 'yes' },
      { question: 'c', answer: 'yes' },
      { question: 'd', answer: 'no' },
      { question: 'e', answer: 'no' },
      { question: 'f', answer: 'no' },
      { question: null, answer: 'yes' },
    ]);
    expect(facts({ field_data: [], custom_disclaimer_responses: 'yes' }).answers).toEqual([]);
  });
});

describe('where a lead comes from', () => {
  it('is said by the hidden fields of a form', () => {
    expect(
      said(field('UTM_SOURCE', 'newsletter'), field('utm_campaign', 'spring'), field('utm_x_y', 'kept')),
    ).toMatchObject({
      utm: { source: 'newsletter', campaign: 'spring' },
      answers: [{ question: 'utm_x_y', answer: 'kept' }],
    });
    expect(said(field('utm_source', '')).utm).toBeNull();
  });

  it.each<[unknown]>([[0], ['0'], [''], [null], [undefined], ['None']])('is no ad where Meta says %j', (nothing) => {
    const { attribution } = facts({
      ad_id: nothing,
      ad_name: '',
      adset_id: nothing,
      adset_name: null,
      campaign_id: nothing,
      campaign_name: undefined,
      form_id: nothing,
      is_organic: true,
      platform: 'fb',
    });
    expect(attribution).toEqual({
      platform: 'fb',
      page: 'Harbour Language School',
      page_id: '604180245791302',
      is_organic: 'true',
    });
  });

  it('keeps ids to the last digit, also where they come as numbers', () => {
    const { attribution } = read('{"id":1480332907715264,"ad_id":120219904417730165,"form_id":911420387765013}').facts;
    expect(attribution).toMatchObject({ ad_id: '120219904417730165', form_id: '911420387765013' });
  });

  it('is a page without a name where nobody gave it one', () => {
    const { attribution } = read('{"id":"1480332907715264"}', { account: { ...page, name: undefined } }).facts;
    expect(attribution).toEqual({ page_id: '604180245791302' });
  });

  it('is not said to be organic by what is no yes or no', () => {
    expect(facts({ is_organic: 'maybe' }).attribution).not.toHaveProperty('is_organic');
  });
});

describe('a phone number', () => {
  const phone = (text: string, country?: string) =>
    facts({ field_data: [field('phone_number', text)] }, { account: { ...page, country } }).phone;

  it.each([
    ['030 901820', 'DE', '+4930901820'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['+1 415 555 2671', 'DE', '+14155552671'],
    ['0049 30 901820', 'DE', '+4930901820'],
    ['p:+4930901820', 'DE', '+4930901820'],
  ])('is international, read with the country of its page: %s in %s', (text, country, expected) => {
    expect(phone(text, country)).toBe(expected);
  });

  it.each([
    ['030 901820', undefined],
    ['030 901820', 'ZZ'],
    ['call me', 'DE'],
    ['12', 'DE'],
    ['+999999999999', 'DE'],
    ['030 901820, 0151 12345678', 'DE'],
    ['+1 415 555 2671 ext. 12', 'US'],
  ])('is kept as it was given where it can’t be: %s in %s', (text, country) => expect(phone(text, country)).toBe(text));
});

describe('when a lead was made', () => {
  it.each<[unknown, string | null]>([
    ['2026-03-05T13:29:58+0000', '2026-03-05T13:29:58.000Z'],
    ['2026-03-05T06:29:58-0700', '2026-03-05T13:29:58.000Z'],
    ['2026-03-05T13:29:58Z', '2026-03-05T13:29:58.000Z'],
    [undefined, '2026-03-05T13:30:00.000Z'],
    [1772717398, '2026-03-05T13:30:00.000Z'],
    ['soon', '2026-03-05T13:30:00.000Z'],
  ])('is what Meta says, else when it told us: %j', (created_time, expected) => {
    expect(facts({ created_time }).date_created).toBe(expected);
  });

  it('is not known where neither says so', () => {
    const { occurredAt: _, ...undated } = event;
    expect(facts({ created_time: undefined }, { of: undated }).date_created).toBeNull();
  });
});

describe('a test lead', () => {
  const isTest = (...field_data: unknown[]) => read(JSON.stringify({ ...lead, field_data })).isTest;

  it.each([
    [
      'of Meta’s tool, as it was',
      [field('FULL_NAME', '<test lead: dummy data for FULL_NAME>'), field('EMAIL', 'test@fb.com')],
    ],
    [
      'of Meta’s tool, as it is',
      [field('full_name', '<test lead: dummy data for full_name>'), field('email', 'test@meta.com')],
    ],
    ['by its e-mail alone', [field('full_name', 'Zoë Müller'), field('email', 'TEST@META.COM')]],
    ['by any field', [field('gender', '<test lead: dummy data for GENDER>')]],
  ])('is known %s', (_, fields) => expect(isTest(...fields)).toBe(true));

  it.each([['test@example.org'], ['mytest@meta.com'], ['test@meta.com.example'], ['a <test lead: dummy data for x>']])(
    'is none for %s',
    (text) => expect(isTest(field('email', text))).toBe(false),
  );

  it('keeps what the tool filled in as text', () => {
    const { facts: dummy } = read(
      JSON.stringify({
        id: event.leadId,
        platform: 'fb',
        field_data: [
          field('full_name', '<test lead: dummy data for full_name>'),
          field('email', 'test@meta.com'),
          field('phone_number', '<test lead: dummy data for phone_number>'),
        ],
      }),
    );
    expect(dummy).toMatchObject({
      display_name: '<test lead: dummy data for full_name>',
      lead_email: 'test@meta.com',
      phone: '<test lead: dummy data for phone_number>',
    });
  });

  it('is ours where the event says so', () => {
    expect(read(JSON.stringify(lead), { of: { ...event, isTest: true } }).isTest).toBe(true);
  });
});

describe('an answer that says nothing of the lead', () => {
  const wrong = (body: string) => {
    expect(() => read(body)).toThrow(Broken);
    return expect(() => read(body));
  };

  it('is one about another lead', () => {
    wrong('{"id":"1480332907715265"}').toThrow('the answer is about another lead');
    wrong('{"id":1480332907715265}').toThrow('the answer is about another lead');
    expect(() => read('{"id":120212669955550255}', { of: { ...event, leadId: '120212669955550254' } })).toThrow(
      'the answer is about another lead',
    );
  });

  it.each([[''], ['null'], ['7'], ['"text"'], ['[]'], ['<html>'], ['{"id":'], ['['.repeat(99) + ']'.repeat(99)]])(
    'is one that is no record: %j',
    (body) => wrong(body).toThrow('the record is not JSON'),
  );

  it('is none without an id: it is the answer to this lead’s address', () => {
    expect(read('{}').facts).toEqual({
      display_name: null,
      status_label: null,
      lifecycle_stage: null,
      date_created: '2026-03-05T13:30:00.000Z',
      lead_email: null,
      phone: null,
      company: null,
      funnel: null,
      utm: null,
      attribution: { page: 'Harbour Language School', page_id: '604180245791302' },
      answers: [],
    });
  });
});

describe('whatever a record says', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('', ' ', 'None', '\u3164', '__proto__', 'email', 'PHONE', 'full_name', 'utm_source', 'first_name'),
  );
  const odd = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.constant(null));
  const anyField = fc.oneof(
    fc.record({ name: odd, values: odd, value: odd }, { requiredKeys: [] }),
    fc.record({ name: text, values: fc.array(text) }),
    odd,
  );
  const box = fc.oneof(fc.record({ checkbox_key: odd, is_checked: odd }, { requiredKeys: [] }), odd);
  const keys = Object.keys(lead).filter((key) => key !== 'id');
  const record = fc.record(
    {
      ...Object.fromEntries(keys.map((key) => [key, odd])),
      field_data: fc.oneof(fc.array(anyField), odd),
      custom_disclaimer_responses: fc.oneof(fc.array(box), odd),
    },
    { requiredKeys: [] },
  );

  it('it becomes what the public schema accepts', () => {
    fc.assert(
      fc.property(record, fc.option(text, { nil: undefined }), (body, country) => {
        const account = { ...page, country };
        expect(() => LeadFacts.parse(read(JSON.stringify(body), { account }).facts)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('no answer is lost: each text of each field is in what is kept', () => {
    const name = fc.constantFrom('email', 'EMAIL', 'full_name', 'name', 'last_name', 'a question', 'company', '');
    const values = fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, values)), (fields) => {
        const kept = JSON.stringify(said(...fields.map(([of, texts]) => field(of, ...texts))));
        for (const [, texts] of fields) for (const one of texts) expect(kept).toContain(one);
      }),
    );
  });

  it.each<[string, unknown[]]>([
    ['an answer of 200,000 letters', [field('question', 'x'.repeat(200_000))]],
    ['a phone number of 200,000 digits', [field('phone_number', '4'.repeat(200_000))]],
    ['a name of 200,000 letters', [field('N'.repeat(200_000), 'yes')]],
    ['10,000 fields', Array.from({ length: 10_000 }, (_, index) => field(`q${index}`, 'yes'))],
    ['10,000 times the same field', Array.from({ length: 10_000 }, () => field('email', 'zoe@example.org'))],
    ['50,000 values', [field('q', ...Array.from({ length: 50_000 }, () => 'yes'))]],
  ])('it is read in no time: %s', (_, fields) => {
    const started = performance.now();
    expect(() => LeadFacts.parse(said(...fields))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
