import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { saveDashboard } from '../../lambdas/aws/stage-table.ts';
import { stackOutputs } from '../stack-outputs.ts';
import type { DeployPorts } from './deploy.ts';
import { profileOf } from './flags.ts';
import { upload } from './upload.ts';
import { webFiles } from './web-files.ts';

const project = join(import.meta.dirname, '../..');
const dist = join(project, 'dashboard/dist');

/** Vite, CDK and AWS as they are. */
export const deployPorts: DeployPorts = {
  say: console.log,

  build: async () => {
    const args = ['build', join(project, 'dashboard'), '--logLevel', 'warn', '--emptyOutDir'];
    return (await runTool('vite/bin/vite.js', args, { NODE_ENV: 'production' })) === 0;
  },

  cdk: (args) => {
    // What is uploaded afterwards goes where CDK deployed to.
    const profile = profileOf(args);
    if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
    const region = process.env['AWS_DEFAULT_REGION'];
    if (region) process.env['AWS_REGION'] ||= region;
    return runTool('aws-cdk/bin/cdk', args);
  },

  placeOf: async (stage) => {
    const output = await stackOutputs(`LeadRelay-${stage}-dashboard`);
    return {
      stage,
      url: output('DashboardUrl'),
      bucket: output('WebBucketName'),
      distributionId: output('DistributionId'),
      authority: output('Authority'),
      clientId: output('ClientId'),
      logoutUrl: output('LogoutUrl'),
    };
  },

  upload: (place) => upload(place, webFiles(dist)),

  keepAddress: async ({ stage, url }) => {
    const output = await stackOutputs(`LeadRelay-${stage}`);
    await saveDashboard(output('TableName'), url, new Date().toISOString());
  },
};

/** Runs a tool of node_modules with the Node of this process and with this terminal, and returns its exit code. */
async function runTool(path: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, [join(project, 'node_modules', path), ...args], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on('error', reject).on('close', (code) => resolve(code ?? 1));
  return promise;
}
