import { describe, expect, it } from '@jest/globals';
import { deploy, type DeployPorts } from '../../../bin/deploy/deploy.ts';

const place = {
  stage: 'prod',
  url: 'https://d1.cloudfront.net',
  bucket: 'web',
  distributionId: 'E1',
  authority: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a',
  clientId: 'client',
  logoutUrl: 'https://lead-relay-prod-1.auth.eu-central-1.amazoncognito.com/logout',
};

/** Deploys with tools that only note what they are asked for. */
async function deployed(args: string[], { builds = true, exitCode = 0 } = {}) {
  const done: string[] = [];
  const said: string[] = [];
  const ports: DeployPorts = {
    build: async () => {
      done.push('build');
      return builds;
    },
    cdk: async (given) => {
      done.push(`cdk ${given.join(' ')}`);
      return exitCode;
    },
    placeOf: async (stage) => {
      done.push(`outputs of ${stage}`);
      return place;
    },
    upload: async ({ bucket }) => {
      done.push(`upload to ${bucket}`);
      return 5;
    },
    keepAddress: async ({ url }) => void done.push(`address ${url}`),
    say: (line) => said.push(line),
  };
  const failure = await deploy(args, ports).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { done, said, failure };
}

describe('a deployment', () => {
  it('builds the dashboard, deploys both stacks, uploads, and says where it is and what comes next', async () => {
    const { done, said, failure } = await deployed(['-c', 'stage=prod', '--require-approval', 'never']);
    expect(failure).toBeUndefined();
    expect(done).toEqual([
      'build',
      'cdk deploy --all -c stage=prod --require-approval never',
      'outputs of prod',
      'upload to web',
      'address https://d1.cloudfront.net',
    ]);
    expect(said[0]).toBe('5 files of the dashboard are uploaded: https://d1.cloudfront.net');
    expect(said[1]).toContain('npm run users -- add');
  });

  it('is one of dev unless a stage is named', async () => {
    expect((await deployed([])).done).toContain('outputs of dev');
  });

  it('deploys nothing where the dashboard can’t be built', async () => {
    const { done, failure } = await deployed(['-c', 'stage=prod'], { builds: false });
    expect(done).toEqual(['build']);
    expect(failure).toBe('The dashboard could not be built, for the reason above. Nothing was deployed.');
  });

  it('uploads nothing where CDK fails', async () => {
    const { done, failure } = await deployed(['-c', 'stage=prod'], { exitCode: 1 });
    expect(done).toEqual(['build', 'cdk deploy --all -c stage=prod']);
    expect(failure).toBe('CDK ended with 1, for the reason above. No file was uploaded.');
  });

  it('neither builds nor uploads where the stage has no dashboard', async () => {
    const { done, failure } = await deployed(['-c', 'stage=prod', '-c', 'dashboard=false']);
    expect([done, failure]).toEqual([['cdk deploy --all -c stage=prod -c dashboard=false'], undefined]);
  });

  it.each([['--no-execute'], ['--method=prepare-change-set'], ['-m', 'prepare-change-set']])(
    'uploads nothing with %s %s, which only plans',
    async (...flags) => {
      const { done, said } = await deployed(['-c', 'stage=prod', ...flags]);
      expect(done).toHaveLength(2);
      expect(said).toEqual(['Nothing was carried out, so no file of the dashboard is uploaded.']);
    },
  );

  it.each([
    [['-c', 'stage=local'], 'The stage local runs on this machine: npm start.'],
    [['--context=stage=moon'], 'There is no stage moon in cdk.json. The stages are dev, prod, local.'],
    [['-c', 'waf=maybe'], 'The setting waf is maybe. It must be true or false.'],
  ])('with %j is refused before anything is done', async (args, sentence) => {
    expect(await deployed(args)).toEqual({ done: [], said: [], failure: sentence });
  });

  it('explains itself', async () => {
    const { done, said } = await deployed(['--help']);
    expect([done, said[0]?.split('\n')[0]]).toEqual([[], 'npm run deploy -- [-c stage=prod] [options of cdk deploy]']);
  });
});
