import { randomBytes } from 'node:crypto';
import { meta } from '../../lambdas/sources/meta/index.ts';
import { CommandError } from '../command.ts';
import { askSecret } from '../secret-input.ts';
import { stageSecret } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import { graphApi } from './graph.ts';
import { subscribePages } from './subscribe.ts';

export interface MetaOptions {
  /** Where Meta shall post to. */
  url: string;
  page: string | undefined;
  appId: string | undefined;
  secretFromStdin: boolean;
}

/** Keeps the app secret and a verify token, tells Meta the webhook's address where it may, and subscribes the tenant's pages. */
export async function connectMeta(stage: Stage, { url, page, appId, secretFromStdin }: MetaOptions): Promise<void> {
  if (appId !== undefined && !/^\d{1,32}$/.test(appId))
    throw new CommandError(`--app-id is "${appId}"; an app's id is digits, as in Meta's dashboard.`);
  const appSecret = await appSecretOf(stage, secretFromStdin);
  const verifyToken = await verifyTokenOf(stage);
  if (appId === undefined) {
    console.log('At Meta, open the app > Webhooks > Page, copy these two there, and subscribe to the field leadgen:');
    console.log(`  Callback URL  ${url}\n  Verify token  ${verifyToken}`);
    console.log('With --app-id ID this is done here.');
  } else {
    await graphApi(stage.graphUrl).registerCallback({ id: appId, secret: appSecret }, { url, verifyToken });
    console.log(`Meta posts new leads of the app ${appId} to ${url}.`);
  }
  await subscribePages(stage, { page, appSecret });
}

/** The app secret kept for the tenant, or one that a person gives, which is kept then. */
async function appSecretOf(stage: Stage, fromStdin: boolean): Promise<string> {
  const secret = stageSecret(stage, 'signatureKey');
  const kept = await secret.read();
  if (kept !== undefined && meta.keyForm.test(kept) && !fromStdin) return kept;
  const [what, option] = ['app secret of Meta', 'app-secret-stdin'];
  const given = await askSecret({ what, form: meta.keyForm, option, piped: fromStdin });
  if (given !== kept) await secret.fill(given);
  console.log(`The app secret is kept in ${secret.name}. It is in use within 5 minutes.`);
  return given;
}

async function verifyTokenOf(stage: Stage): Promise<string> {
  const secret = stageSecret(stage, 'verifyToken');
  const kept = await secret.read();
  if (kept !== undefined) return kept;
  const made = randomBytes(16).toString('hex');
  await secret.fill(made);
  console.log(`A verify token was made; it is kept in ${secret.name}.`);
  return made;
}
