import type { SourceId } from './arguments.ts';
import { CommandError } from './command.ts';
import { deployedStage } from './deployed-stage.ts';
import { localStage } from './local-stage.ts';
import type { Stage } from './stage.ts';

export interface StageChoice {
  /** The stage's first one where the command is about none. */
  source?: SourceId | undefined;
  /** A stage of cdk.json; the local run where neither it nor `url` is given. */
  stage?: string | undefined;
  tenant?: string | undefined;
  /** An address of the webhook, such as one of a custom domain; one on this machine is a local run. */
  url?: string | undefined;
}

/** The stage that a command line means. Throws a sentence where it does not run. */
export async function findStage({ source, stage, tenant, url }: StageChoice): Promise<Stage> {
  const address = url === undefined ? undefined : parsed(url);
  const isHere = address ? isLoopback(address) : stage === undefined || stage === 'local';
  if (isHere) return localStage(address ?? new URL(`http://127.0.0.1:${process.env['PORT'] || 3000}`), source, tenant);
  // API Gateway's own addresses begin their path with the name of the stage.
  const name = stage ?? address?.pathname.split('/')[1];
  if (!name || ['webhooks', 'webhook', 'crm', 'api'].includes(name))
    throw new CommandError('Which stage is that? Add --stage with a name that stands in cdk.json.');
  return deployedStage(name, source, { tenant, url: address });
}

function parsed(url: string): URL {
  if (URL.canParse(url) && /^https?:/.test(url)) return new URL(url);
  throw new CommandError(`"${url}" is not a URL; it begins with https://, or http:// on this machine.`);
}

const isLoopback = ({ hostname }: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
