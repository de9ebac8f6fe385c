import { describe, expect, it } from '@jest/globals';
import { foldersIn, sourceFiles, type SourceFile } from '../fixtures/source-files.ts';

const lambdas = sourceFiles('lambdas');
const STEPS = ['ingest', 'capture', 'process', 'erase', 'api', 'export', 'replay', 'sync', 'sweep', 'doctor'];
/** What puts things together: of the dashboard's API, which has many routes, one file for each module of them; of the doctor, whose command needs the same, one beside its handler. */
const isHandler = ({ path }: SourceFile) =>
  path.endsWith('/handler.ts') || /^lambdas\/(api|doctor)\/ports\//.test(path);
const under = (...folders: string[]) =>
  lambdas.filter(({ path }) => folders.some((folder) => path.startsWith(`lambdas/${folder}/`)));

/** Libraries that compute and do nothing else. */
const pure = /^(zod|libphonenumber-js|p-limit)(\/.*)?$/;
/** The routes of the dashboard's API, and the description of them. */
const web = /^(hono|@hono\/zod-openapi)(\/.*)?$/;
/** A key of what must not stand in an address. */
const hash = /^node:crypto$/;
const core = /^lambdas\/core\//;
const sdk = /^@(aws-sdk|smithy|aws-crypto)\/|^aws-sdk/;
const node = /^node:/;

/** `file imports what`, for each import that none of these patterns allows. */
const forbidden = (files: SourceFile[], allowed: (file: SourceFile) => RegExp[]) =>
  files.flatMap((file) =>
    file.imports
      .filter(({ what }) => !allowed(file).some((pattern) => pattern.test(what)))
      .map(({ what }) => `${file.path} imports ${what}`),
  );
/** `sources/close` for a file of the source Close; its files may import each other. */
const ownFolder = ({ path }: SourceFile, depth: number) =>
  new RegExp(
    `^${path
      .split('/')
      .slice(0, depth + 1)
      .join('/')}/`,
  );

it('there is something to look at', () => {
  expect(lambdas.length).toBeGreaterThan(40);
  expect(lambdas.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  expect(lambdas.find(({ path }) => path === 'lambdas/aws/raw-store.ts')?.imports).toEqual(
    expect.arrayContaining([
      { what: '@aws-sdk/client-s3', isType: false },
      { what: 'lambdas/core/failures.ts', isType: false },
    ]),
  );
});

const library = ({ path }: SourceFile) => (path.startsWith('lambdas/channels/slack/') ? [/^@slack\/webhook$/] : []);

/** Sources by their ids: all of them, and how those are read that send ids only, and the vendors’ own records. */
const registries = [
  'lambdas/sources/checkups.ts',
  'lambdas/sources/hydrations.ts',
  'lambdas/sources/listings.ts',
  'lambdas/sources/registry.ts',
];

const env = ({ path }: SourceFile) => (path.endsWith('/env.ts') ? [/^lambdas\/env\.ts$/] : []);

describe('who may import whom', () => {
  it('core imports pure libraries only', () => {
    expect(forbidden(under('core'), () => [core, pure, hash])).toEqual([]);
  });

  it('a source imports core, pure libraries and itself, and never another source', () => {
    const files = under('sources').filter(({ path }) => !registries.includes(path));
    expect(forbidden(files, (file) => [core, pure, /^node:crypto$/, ownFolder(file, 2)])).toEqual([]);
  });

  it('the registries import core and the sources, one by one, and never each other', () => {
    const files = lambdas.filter(({ path }) => registries.includes(path));
    expect(files.map(({ path }) => path)).toEqual(registries);
    expect(forbidden(files, () => [core, /^lambdas\/sources\/\w+\/\w+\.ts$/])).toEqual([]);
  });

  it('what answers vendors carries nothing that reads at them', () => {
    const reached = new Set<string>();
    const reach = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { what, isType } of lambdas.find((file) => file.path === path)?.imports ?? [])
        if (!isType) reach(what);
    };
    reach('lambdas/ingest/handler.ts');
    expect(reached).toContain('lambdas/sources/meta/index.ts');
    expect(reached).toContain('lambdas/sources/hubspot/index.ts');
    expect(
      [...reached].filter((path) =>
        /hydrations|listing|graph|\/(api|record|contact|subscription)\.ts|phone/.test(path),
      ),
    ).toEqual([]);
  });

  it('the rules of pages and portals import core only, so that the command and the dashboard share them', () => {
    expect(under('accounts').length).toBeGreaterThan(0);
    expect(forbidden(under('accounts'), () => [core, pure])).toEqual([]);
  });

  it('an owner directory imports core and pure libraries', () => {
    expect(forbidden(under('owners'), () => [core, pure])).toEqual([]);
  });

  it('a channel imports core, pure libraries and itself; only Slack’s imports Slack’s library', () => {
    expect(forbidden(under('channels'), (file) => [core, pure, ownFolder(file, 2), ...library(file)])).toEqual([]);
  });

  it('a step imports core, its own files and how an environment is read', () => {
    const files = under(...STEPS).filter((file) => !isHandler(file));
    const libraries = ({ path }: SourceFile) => (path.startsWith('lambdas/api/') ? [web] : []);
    expect(forbidden(files, (file) => [core, pure, ownFolder(file, 1), ...libraries(file), ...env(file)])).toEqual([]);
  });

  it('no step imports another, not even its handler', () => {
    const handlers = under(...STEPS).filter(isHandler);
    expect(handlers.filter(({ path }) => path.endsWith('/handler.ts'))).toHaveLength(STEPS.length);
    const others = handlers.flatMap(({ path, imports }) =>
      imports.filter(({ what }) =>
        STEPS.some((step) => what.startsWith(`lambdas/${step}/`) && !path.startsWith(`lambdas/${step}/`)),
      ),
    );
    expect(others).toEqual([]);
  });

  it('only a handler puts things together', () => {
    const composing = lambdas.filter((file) => !isHandler(file));
    const parts =
      /^lambdas\/(aws|accounts|sources\/(registry|hydrations|listings|checkups)|owners|channels|vendor-fetch)/;
    const outside = composing.flatMap((file) =>
      file.imports
        .filter(({ what }) => parts.test(what) && !what.startsWith(file.path.split('/').slice(0, 2).join('/')))
        .map(({ what }) => `${file.path} imports ${what}`),
    );
    expect(outside).toEqual([]);
  });

  it('aws imports core, the SDK, what gathers its calls, and itself', () => {
    expect(forbidden(under('aws'), () => [core, sdk, node, /^aws-lambda$/, /^dataloader$/, /^lambdas\/aws\//])).toEqual(
      [],
    );
  });

  it('nobody but aws imports the SDK', () => {
    const others = lambdas.filter(({ path }) => !path.startsWith('lambdas/aws/'));
    expect(others.flatMap(({ path, imports }) => imports.filter(({ what }) => sdk.test(what)).map(() => path))).toEqual(
      [],
    );
  });

  it('the types of Lambda are known to aws and the handlers only, and as types', () => {
    const users = lambdas.filter(({ imports }) => imports.some(({ what }) => what === 'aws-lambda'));
    expect(
      users.filter((file) => !isHandler(file) && !file.path.startsWith('lambdas/aws/')).map(({ path }) => path),
    ).toEqual([]);
    expect(
      users.flatMap(({ imports }) => imports.filter(({ what, isType }) => what === 'aws-lambda' && !isType)),
    ).toEqual([]);
  });

  it('what stands at the top of lambdas needs nobody', () => {
    const top = lambdas.filter(({ path }) => path.split('/').length === 2);
    expect(top.map(({ path }) => path).toSorted()).toEqual(['lambdas/env.ts', 'lambdas/vendor-fetch.ts']);
    expect(forbidden(top, () => [pure])).toEqual([]);
  });

  it('lambdas import nothing of the rest of the project', () => {
    const rest = /^(bin|lib|local|test|dashboard)\//;
    expect(
      lambdas.flatMap(({ path, imports }) =>
        imports.filter(({ what }) => rest.test(what)).map(({ what }) => `${path} imports ${what}`),
      ),
    ).toEqual([]);
  });

  it('lib imports of lambdas only types of core and of environments, the registry of sources and the categories', () => {
    const outside = sourceFiles('lib').flatMap(({ path, imports }) =>
      imports
        .filter(({ what }) => /^(lambdas|bin|local|test)\//.test(what))
        .map(({ what, isType }) => ({ path, what, isType })),
    );
    const types = /^lambdas\/(\w+\/env\.ts|core\/.+)$/;
    expect(outside.filter(({ what, isType }) => isType && !types.test(what))).toEqual([]);
    const values = outside.filter(({ what, isType }) => !isType && what !== 'lambdas/sources/registry.ts');
    // What a setting may name, and whether it names all of it.
    expect(values.map(({ path, what }) => `${path} imports ${what}`).toSorted()).toEqual([
      'lib/constructs/environment.ts imports lambdas/core/category.ts',
      'lib/settings.ts imports lambdas/core/category.ts',
    ]);
  });

  it('the local run imports nothing of the project but itself: it knows the template and AWS', () => {
    const rest = /^(bin|lib|lambdas|test|dashboard)\//;
    const found = sourceFiles('local').flatMap(({ path, imports }) =>
      imports.filter(({ what }) => rest.test(what)).map(({ what }) => `${path} imports ${what}`),
    );
    expect(found).toEqual([]);
  });

  it('nobody imports the commands', () => {
    const found = sourceFiles('lib', 'lambdas', 'local').flatMap(({ path, imports }) =>
      imports.filter(({ what }) => what.startsWith('bin/')).map(() => path),
    );
    expect(found).toEqual([]);
  });
});

describe('what comes from outside', () => {
  it('the environment is read in one file', () => {
    expect(lambdas.filter(({ text }) => text.includes('process.env')).map(({ path }) => path)).toEqual([
      'lambdas/env.ts',
    ]);
  });

  it('clock, timers and randomness are the handlers’ and aws’s own', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bsetTimeout\b|\bsetInterval\b|\bperformance\./;
    const below = lambdas.filter((file) => !isHandler(file) && !file.path.startsWith('lambdas/aws/'));
    expect(below.filter(({ text }) => impure.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('the network is reached through what the handler gives: aws and one fetch', () => {
    const calls = /(?<![.\w])fetch\(|\bnode:(http|https|net|tls|dgram|fs|child_process)\b/;
    /** A function that takes its `fetch` from what it is given. */
    const isGiven = ({ text }: SourceFile) => /\{ fetch\b[^{}]*\}: VendorAccess\b/.test(text);
    const reaching = lambdas.filter((file) => calls.test(file.text) && !isGiven(file));
    expect(reaching.map(({ path }) => path)).toEqual(['lambdas/vendor-fetch.ts']);
  });
});

it('folders name steps, plug-ins and things, never patterns', () => {
  const patterns = [
    'utils',
    'util',
    'helpers',
    'helper',
    'common',
    'shared',
    'services',
    'types',
    'dtos',
    'interfaces',
    'misc',
  ];
  expect(foldersIn('lambdas', 'lib', 'local', 'bin').filter((name) => patterns.includes(name))).toEqual([]);
});
