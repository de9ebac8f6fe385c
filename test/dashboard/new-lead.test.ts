import { describe, expect, it } from '@jest/globals';
import { NewLead } from '../../lambdas/api/schemas/lead.ts';
import { bodyOf, errorsIn } from '../../dashboard/src/leads/new-lead.ts';

const key = '5b3f0d34-53a5-4c3b-9d65-6a1c2f1c8a01';
const empty = { name: '', email: '', phone: '', company: '', notes: '', alert: false };

describe('a lead that is added by hand', () => {
  it.each([
    [{ company: 'Acme' }, { form: 'Give a name, an e-mail address or a phone number.' }],
    [{ name: '  ' }, { form: 'Give a name, an e-mail address or a phone number.' }],
    [{ email: 'anna' }, { email: 'This is no e-mail address: it looks like anna@example.com.' }],
    [{ phone: '12' }, { phone: 'This is too short for a phone number.' }],
    [{ name: 'x'.repeat(201) }, { name: 'At most 200 characters.' }],
    [{ name: 'Zoë' }, {}],
    [{ email: ' zoe@example.com ' }, {}],
    [{ phone: '030 901820' }, {}],
  ])('with %j has the errors %j', (fields, expected) => expect(errorsIn({ ...empty, ...fields })).toEqual(expected));

  it('is posted with what was filled in alone, as the API takes it', () => {
    const body = bodyOf(key, { ...empty, name: ' Zoë Müller ', email: 'zoe@example.com', alert: true });
    expect(body).toEqual({ key, name: 'Zoë Müller', email: 'zoe@example.com', alert: true });
    expect(NewLead.safeParse(body).success).toBe(true);
  });
});
