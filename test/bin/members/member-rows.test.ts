import { describe, expect, it } from '@jest/globals';
import { memberRows, textOf } from '../../../bin/members/member-rows.ts';
import { allOf, pieces } from './pieces.ts';

const rows = (...text: string[]) => allOf(memberRows(pieces(...text), undefined));

describe('a list', () => {
  it('is read as a table program of another country saves it', async () => {
    const text = '\uFEFFName;E-Mail;Status\r\n"Müller; Zoë";zoe@example.com;Active\r\nMax;max@example.com;ended\r\n';
    expect(await rows(text)).toEqual([
      { line: 2, identifiers: ['email:zoe@example.com'], membership: 'subscribed' },
      { line: 3, identifiers: ['email:max@example.com'], membership: 'terminated' },
    ]);
  });

  it('may hold anything in the columns that are not read', async () => {
    const hostile = ['=cmd|"/C calc"!A0', '\0', '\u202Eevil', '<script>', 'x'.repeat(50_000), "'; DROP TABLE members"];
    const text = hostile.map((cell, row) => `"${cell.replaceAll('"', '""')}",${row}@example.com`).join('\n');
    const read = await rows(`note,email\n${text}`);
    expect(read.flatMap((row) => ('identifiers' in row ? row.identifiers : []))).toEqual(
      hostile.map((_, row) => `email:${row}@example.com`),
    );
  });

  it('says its bad rows where they stand between the good ones', async () => {
    expect(await rows('\nemail\n', 'a@example.com\nnobody\nb@exam', 'ple.com')).toEqual([
      { line: 3, identifiers: ['email:a@example.com'], membership: 'subscribed' },
      { line: 4, reason: 'no usable e-mail address or phone number' },
      { line: 5, identifiers: ['email:b@example.com'], membership: 'subscribed' },
    ]);
  });

  it.each([
    ['', 'There is nothing in it.'],
    ['\n \n', 'There is nothing in it.'],
    ['a@example.com\n', 'The first line must be a header'],
  ])('%j is none', async (text, sentence) => expect(rows(text)).rejects.toThrow(sentence));

  it('that is not there is said to be missing', async () => {
    await expect(allOf(textOf('/nowhere/list.csv'))).rejects.toThrow('There is no file /nowhere/list.csv.');
    await expect(allOf(textOf(import.meta.dirname))).rejects.toThrow("can't be read: EISDIR");
  });
});
