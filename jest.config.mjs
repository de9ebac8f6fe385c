const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/patience.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

/** `unit` needs no process of its own (the table's tests talk to an embedded DynamoDB); `template` synthesizes; `e2e` starts the whole local run on free ports. */
export default {
  // The end-to-end tests mostly wait, so that three files at a time keep two cores busy.
  maxWorkers: 3,
  maxConcurrency: 3,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/test/{core,sources,sync,accounts,owners,channels,ingest,capture,process,erase,api,export,replay,sweep,doctor,aws,bin,architecture,dashboard}/**/*.test.ts',
      ],
    },
    { ...shared, displayName: 'template', testMatch: ['<rootDir>/test/{lib,docs}/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/{local,e2e}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/e2e/synth.ts',
    },
  ],
};
