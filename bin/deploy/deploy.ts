import { CommandError } from '../command.ts';
import { flagsOf } from './flags.ts';
import type { DashboardPlace } from './upload.ts';

/** What a deployment does to the world, one after the other. */
export interface DeployPorts {
  /** Builds the web app. Says false where that failed. */
  build(): Promise<boolean>;
  /** Runs `cdk deploy` with these arguments, and returns its exit code. */
  cdk(args: string[]): Promise<number>;
  /** Where the stage's dashboard was deployed to. */
  placeOf(stage: string): Promise<DashboardPlace>;
  /** Puts the web app there. */
  upload(place: DashboardPlace): Promise<number>;
  /** Notes where it is, so that alerts can link to it. */
  keepAddress(place: DashboardPlace): Promise<void>;
  say(line: string): void;
}

const usage = `npm run deploy -- [-c stage=prod] [options of cdk deploy]

Builds the dashboard, deploys both stacks of a stage with CDK, and uploads the dashboard's files.
  -c stage=S                a stage of cdk.json (dev)
  -c NAME=VALUE             a setting for this deployment; in cdk.json it stays
  --require-approval never  does not ask about changes of rights
  --no-execute              makes change sets and uploads nothing`;

/** Deploys a stage: what is built first can't be missing later, and pages are replaced when what answers them is there. */
export async function deploy(args: string[], ports: DeployPorts): Promise<void> {
  const { help, isOnlyPlanned, settings } = flagsOf(args);
  if (help) return ports.say(usage);
  const { stage, dashboard } = settings;
  if (stage === 'local') throw new CommandError('The stage local runs on this machine: npm start.');
  if (dashboard && !(await ports.build()))
    throw new CommandError('The dashboard could not be built, for the reason above. Nothing was deployed.');
  const code = await ports.cdk(['deploy', '--all', ...args]);
  if (code !== 0) throw new CommandError(`CDK ended with ${code}, for the reason above. No file was uploaded.`);
  if (!dashboard) return;
  if (isOnlyPlanned) return ports.say('Nothing was carried out, so no file of the dashboard is uploaded.');
  const place = await ports.placeOf(stage);
  const count = await ports.upload(place);
  await ports.keepAddress(place);
  ports.say(`${count} files of the dashboard are uploaded: ${place.url}`);
  ports.say(
    `Add its users with npm run users -- add EMAIL --role ROLE --stage ${stage}; docs/deploy.md#the-dashboard says more.`,
  );
}
