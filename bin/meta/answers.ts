import { companies, phoneOf, pick } from '../sample-people.ts';

/** An answer as the Graph API gives it. */
export interface FormField {
  name: string;
  values: string[];
}

/** What a person answers to a form. Some forms ask for both names apart, and some have the names of their fields in capitals. */
export function answersTo([name, address]: readonly [name: string, address: string], index: number): FormField[] {
  const [given = name, ...more] = name.split(' ');
  const asked: Record<string, string[]> = {
    ...(index % 3 === 1 && more.length > 0
      ? { first_name: [given], last_name: [more.join(' ')] }
      : { full_name: [name] }),
    email: [`${address}@example.org`],
    phone_number: [phoneOf(index)],
    company_name: [pick(companies, index)],
    ...pick(questions, index),
  };
  const fields = Object.entries(asked).map(([field, values]) => ({ name: field, values }));
  return index % 5 === 4 ? fields.map((field) => ({ ...field, name: field.name.toUpperCase() })) : fields;
}

/** Questions of the form's own, some with several answers or none. */
const questions: Record<string, string[]>[] = [
  { 'how_big_is_your_team?': ['11-50'], what_do_you_need: ['Scheduling', 'Invoices / reminders'] },
  { 'wann_sollen_wir_anrufen?': ['nach 17 Uhr'], utm_source: ['newsletter'] },
  { 'how_big_is_your_team?': ['1'], anything_else: [''] },
];
