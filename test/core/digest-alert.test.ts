import { describe, expect, it } from '@jest/globals';
import type { Part } from '../../lambdas/core/alert-lines.ts';
import { digestAlertOf } from '../../lambdas/core/digest-alert.ts';
import type { DigestEntry } from '../../lambdas/core/digest.ts';
import { manual } from '../../lambdas/core/manual.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import type { Source } from '../../lambdas/core/source.ts';

const context = {
  fallbackOwner: 'Unassigned',
  sourceOf: (id: string) => Object.values<Source>(sources).find((source) => source.id === id),
};
const entry = (n: number, change: Partial<DigestEntry> = {}): DigestEntry => ({
  lead_id: `48120733_${String(n).padStart(5, '0')}`,
  source: 'hubspot',
  name: `Lead ${n}`,
  owner: n % 3 === 0 ? 'Unassigned' : n % 3 === 1 ? 'Ana Prieto' : 'Grace Hopper',
  category: n % 2 ? 'pending' : 'subscribed',
  isTest: false,
  isBulk: true,
  ...change,
});
const textOf = (line: Part[]) => line.map(({ text }) => text).join('');
const alert = (entries: DigestEntry[]) => digestAlertOf(entries, context);

it('a line of a lead that can be opened nowhere has no link', () => {
  const { lines } = digestAlertOf([entry(1, { source: 'manual' })], { ...context, sourceOf: () => manual });
  expect(lines.map(textOf).slice(-2)).toEqual(['From: Added by hand 1', '• Lead 1 · Ana Prieto · Pending']);
});

describe('a digest', () => {
  it('says how many, whose and of which category, and has a line for each of the first ten', () => {
    const { title, lines, short, subject } = alert(Array.from({ length: 5000 }, (_, n) => entry(n)));
    expect(title).toBe('5,000 new leads from an import');
    expect(lines.map(textOf)).toEqual([
      'Owners: nobody yet 1,667, Ana Prieto 1,667, Grace Hopper 1,666',
      'Category: Already subscribed 2,500, Pending 2,500',
      'From: HubSpot 5,000',
      '• Lead 0 · nobody yet · Already subscribed · Open',
      '• Lead 1 · Ana Prieto · Pending · Open',
      '• Lead 2 · Grace Hopper · Already subscribed · Open',
      '• Lead 3 · nobody yet · Pending · Open',
      '• Lead 4 · Ana Prieto · Already subscribed · Open',
      '• Lead 5 · Grace Hopper · Pending · Open',
      '• Lead 6 · nobody yet · Already subscribed · Open',
      '• Lead 7 · Ana Prieto · Pending · Open',
      '• Lead 8 · Grace Hopper · Already subscribed · Open',
      '• Lead 9 · nobody yet · Pending · Open',
      '… and 4,990 more',
    ]);
    expect([short, subject]).toEqual([title, title]);
    expect(lines[3]?.at(-1)).toEqual({
      link: 'https://app.hubspot.com/contacts/48120733/record/0-1/00000',
      text: 'Open',
    });
  });

  it('of leads that no webhook brought says that they are late, and why', () => {
    const { title, small, lines } = alert([entry(1, { isLate: true }), entry(2, { isLate: true })]);
    expect(title).toBe('2 LATE leads');
    expect(small).toContain('No webhook brought these');
    expect(lines.map(textOf).at(-1)).toContain('• LATE · Lead 2');
    expect(alert([entry(1, { isLate: true }), entry(2)]).title).toBe('2 new leads from an import');
  });

  it('of leads that were too many for a minute says that they are more', () => {
    expect(alert([entry(1, { isBulk: false }), entry(2)]).title).toBe('2 more new leads');
    expect(alert([entry(1)]).title).toBe('1 new lead from an import');
  });

  it('links to the list of leads where there is a dashboard, and says nothing of it where there is none', () => {
    const entries = [entry(1)];
    const { lines } = digestAlertOf(entries, { ...context, dashboard: 'https://leads.example.org' });
    expect(lines.at(-1)).toEqual([{ link: 'https://leads.example.org/', text: 'What happened: all leads' }]);
    expect(alert(entries).lines).toEqual(lines.slice(0, -1));
  });

  it('names ten owners and counts the rest', () => {
    const { lines } = alert(
      Array.from({ length: 24 }, (_, n) => entry(n, { owner: `Owner ${String(n % 12).padStart(2, '0')}` })),
    );
    expect(textOf(lines[0] ?? [])).toMatch(/^Owners: (Owner \d\d 2, ){10}2 others 4$/);
  });

  it('marks tests and says of whom nothing is known; what people typed is text on one line', () => {
    const { lines } = alert([entry(1, { isTest: true, name: null }), entry(2, { name: '<!channel>\nEvil\u202e' })]);
    expect(textOf(lines[3] ?? [])).toBe('• TEST · Name not given · Ana Prieto · Pending · Open');
    expect(textOf(lines[4] ?? [])).toBe('• <!channel> Evil · Grace Hopper · Already subscribed · Open');
    expect(lines[4]?.[0]).toEqual({ text: '• <!channel> Evil · Grace Hopper · Already subscribed' });
  });
});
