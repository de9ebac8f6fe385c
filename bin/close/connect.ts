import { close } from '../../lambdas/sources/close/index.ts';
import { CommandError } from '../command.ts';
import { askSecret } from '../secret-input.ts';
import { stageSecret, type StageSecret } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import { CloseRefused, closeWebhooks, type Subscription } from './webhooks.ts';

export interface CloseOptions {
  /** Where Close shall post to. */
  url: string;
  keyFromStdin: boolean;
  /** Whether the webhook gets a new signing key. */
  renew: boolean;
}

type Webhooks = ReturnType<typeof closeWebhooks>;

/** Registers the webhook at Close, or wakes or renews the one that is there, and keeps its signing key. */
export async function connectClose(stage: Stage, { url, keyFromStdin, renew: isRenewal }: CloseOptions): Promise<void> {
  const signingKey = stageSecret(stage, 'signatureKey');
  const isFilled = (await signingKey.read()) !== undefined;
  const webhooks = await signedIn(stage.closeApiUrl, stageSecret(stage, 'closeApiKey'), keyFromStdin);
  const ours = (await webhooks.list()).filter((subscription) => subscription.url === url);
  if (ours.length === 0) return subscribe(url, webhooks, signingKey);
  if (isRenewal) return renew(url, ours, webhooks, signingKey);
  await wake(ours, webhooks);
  if (!isFilled)
    throw new CommandError(
      `The webhook is at Close, but its signing key is not in ${signingKey.name}, and Close shows a key only once. ` +
        'Run this again with --renew for a new key.',
    );
  console.log(
    `Close posts to ${url} already, and the signing key is in ${signingKey.name}. --renew gives it a new key.`,
  );
}

/** Close with an API key that it accepts: the one kept for the tenant, or one from standard input, which is kept then. */
async function signedIn(baseUrl: string, secret: StageSecret, piped: boolean): Promise<Webhooks> {
  const kept = piped ? undefined : await secret.read();
  const [what, option, form] = ['API key of Close', 'api-key-stdin', /^[\w.-]{10,200}$/] as const;
  const apiKey = kept ?? (await askSecret({ what, form, option, piped }));
  const webhooks = closeWebhooks(baseUrl, apiKey);
  await webhooks.list();
  if (kept === undefined) {
    await secret.fill(apiKey);
    console.log(`The API key is kept in ${secret.name}.`);
  }
  return webhooks;
}

/** A key that could not be kept is lost for good, so its subscription goes again. */
async function subscribe(url: string, webhooks: Webhooks, secret: StageSecret): Promise<void> {
  const created = await webhooks.create(url);
  try {
    if (!close.keyForm.test(created.signature_key))
      throw new CommandError('Close gave a signing key of an unknown form.');
    await secret.fill(created.signature_key);
  } catch (error) {
    await webhooks.remove(created.id);
    throw error;
  }
  console.log(`Close posts new leads to ${url} (subscription ${created.id}); the signing key is in ${secret.name}.`);
  console.log('It is in use within 5 minutes. npm run send -- close --test shows a lead arriving.');
}

/** The new one first: both keys verify beside each other, and no lead comes in between. */
async function renew(url: string, old: Subscription[], webhooks: Webhooks, secret: StageSecret): Promise<void> {
  const remove = async () => {
    for (const { id } of old) await webhooks.remove(id);
  };
  try {
    await subscribe(url, webhooks, secret);
  } catch (error) {
    if (!(error instanceof CloseRefused) || error.status !== 400) throw error;
    // It may be that Close takes an address only once.
    await remove();
    return subscribe(url, webhooks, secret);
  }
  await remove();
  console.log('The webhook with the old key is gone.');
}

/** Close pauses a subscription by itself after three days of failures and leaves it to people to wake it. */
async function wake(ours: Subscription[], webhooks: Webhooks) {
  for (const { id } of ours.filter(({ status }) => status !== 'active')) {
    await webhooks.activate(id);
    console.log(`The subscription ${id} was paused and is active again.`);
  }
}
