import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { StageSettings } from '../../lib/settings.ts';
import { sourceFiles } from '../fixtures/source-files.ts';
import { synthDashboard } from '../lib/synth.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs.filter((file) => file.endsWith('.md'))];

/** A page without its blocks of code, where a `#` is a comment and a bracket no link. */
const prose = (path: string) => read(path).replace(/^( *)```[\s\S]*?^\1```$/gm, '');

/** The sections of a page by GitHub's anchor for their heading, each up to the next heading of any level. */
function sectionsOf(path: string): Map<string, string> {
  const [, ...sections] = prose(path).split(/^(?=#{1,6} )/m);
  return new Map(sections.map((section) => [anchorOf(/^#+ (.+)/.exec(section)?.[1] ?? ''), section]));
}

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

describe.each(pages)('%s', (page) => {
  const text = prose(page).replace(/`[^`\n]*`/g, '');
  const definitions = new Map(
    [...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name = '', to = '']) => [name, to]),
  );
  const references = [...text.matchAll(/\]\[([^\]]+)\]/g)].map(([, name = '']) => name);
  const links = [...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to), ...definitions.values()];

  it('links to pages, sections and pictures that are there', () => {
    const broken = links.filter((link) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      return !existsSync(join(root, path)) || (anchor !== undefined && !sectionsOf(path).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('defines each link that it names, and none that it does not', () => {
    expect([...new Set(references)].sort()).toEqual([...definitions.keys()].sort());
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm (?:run )?(start|test|(?<=run )[a-z][a-z:]*)\b/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('names no path of the machine that it was written on, and no registry', () => {
    expect(read(page)).not.toMatch(
      /(^|[\s`"'(=])\/(work|root|home|Users|tmp|mnt)\/|https?:\/\/[^\s)]*(registry|artifactory|verdaccio|nexus)/im,
    );
  });
});

describe('docs/settings.md', () => {
  const sections = sectionsOf('docs/settings.md');
  const settings = Object.entries(StageSettings.shape);

  it.each(settings)('says of %s what it is unless set, what it may be, what it does, and shows one', (name, schema) => {
    const section = sections.get(name.toLowerCase()) ?? '';
    const value: unknown = schema.parse(undefined);
    expect(section).toContain(`- Default: ${value === undefined ? 'none' : `\`${JSON.stringify(value)}\``}\n`);
    for (const line of ['Range', 'Effect', 'Example']) expect(section).toMatch(new RegExp(`^- ${line}: \\S`, 'm'));
  });

  it.each(settings)('shows an example of %s that is accepted', (name, schema) => {
    const [, example = ''] = /^- Example: `(.+)`$/m.exec(sections.get(name.toLowerCase()) ?? '') ?? [];
    expect(() => schema.parse(JSON.parse(example.replaceAll('cf_…', 'cf_abc')))).not.toThrow();
  });

  it('describes no setting that there is not', () => {
    const described = [...prose('docs/settings.md').matchAll(/^### (.+)$/gm)].map(([, name = '']) => name);
    expect(described.sort()).toEqual(settings.map(([name]) => name).sort());
  });
});

describe('docs/runbook.md', () => {
  const sections = sectionsOf('docs/runbook.md');
  const { pipeline, ...dashboard } = synthDashboard('prod');
  const alarms = [pipeline, dashboard]
    .flatMap(({ ofType }) => Object.values(ofType('AWS::CloudWatch::Alarm')))
    .map(({ Properties }) => String(Properties['AlarmDescription']).split('docs/runbook.md#')[1] ?? '');

  it.each(alarms)('says of %s what it means, what is lost and what to do', (anchor) => {
    const section = sections.get(anchor) ?? '';
    for (const part of ['What it means', 'What is lost', 'What to do'])
      expect(section).toMatch(new RegExp(`^- \\*\\*${part}\\.\\*\\*\\s+\\S`, 'm'));
  });

  it('has no section for an alarm that there is not', () => {
    const described = [...sections].filter(([, text]) => text.includes('**What it means.**')).map(([anchor]) => anchor);
    expect(described.sort()).toEqual([...new Set(alarms)].sort());
  });
});

describe('docs/meta.md', () => {
  const code = sourceFiles('lambdas')
    .map(({ text }) => text)
    .join('\n');
  /** What stands in a reason beside ids, codes and names of its source. */
  const reasons = [
    'No user found for ',
    'refused before',
    'there is none',
    ' may not read this lead (',
    'Give it the right, or replace it with ',
    'Failed to fetch lead details (',
    'given up after 24 hours',
    'waited 24 hours: ',
    ' has no such lead, or does not show it (',
    'the answer is about another lead',
    'the record is not JSON',
    'no usable id',
    ' says nothing of a lead',
    'bad signature',
    'signing key missing or malformed',
    'wrong verify token or challenge',
    'no verify token is set',
  ];

  it.each(reasons)('says what to do about “%s” in the words of the code', (reason) => {
    expect(prose('docs/meta.md')).toContain(reason);
    expect(code).toContain(reason);
  });
});

/** The folders in a folder that belong to the project. */
const foldersIn = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules|cdk\.out|coverage)/.test(entry.name))
    .map(({ name }) => join(folder, name));

describe('the folders in the README', () => {
  const [, tree = ''] = /^## Folders\n+```\n([\s\S]*?)^```$/m.exec(read('README.md')) ?? [];
  const path: string[] = [];
  const folders = tree.split('\n').flatMap((line) => {
    const [, indent = '', name] = /^( *)(\S+)\//.exec(line) ?? [];
    if (name === undefined) return [];
    path.splice(indent.length / 2, Infinity, name);
    return [path.join('/')];
  });

  it.each(folders)('%s is there', (folder) => {
    expect(existsSync(join(root, folder))).toBe(true);
  });

  it('are all that a newcomer meets at the top, in lib and in lambdas', () => {
    const there = ['.', 'lib', 'lambdas', 'lambdas/sources', 'lambdas/channels'].flatMap(foldersIn);
    expect(there.filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});
