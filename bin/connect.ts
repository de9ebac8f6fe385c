import { close } from '../lambdas/sources/close/index.ts';
import { askApiKey } from './api-key.ts';
import { CloseRefused, closeWebhooks, type Subscription } from './close-webhooks.ts';
import { CommandError, readArguments, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { webhookAt } from './stage.ts';
import { stageSecret } from './stage-secret.ts';

const usage = `Usage: npm run connect -- close --stage S [options]
  Registers the stage's webhook at Close and keeps the signing key in Secrets Manager; it is never shown.
  --stage S          a stage of cdk.json that is deployed in your AWS account
  --local            the local run and its stand-in for Close instead
  --tenant T         a tenant of the stage (its first one)
  --url URL          the webhook's address where it has a custom domain
  --api-key-stdin    takes the API key of Close from standard input and keeps it, too
  --renew            gives the webhook a new signing key`;

type Webhooks = ReturnType<typeof closeWebhooks>;
type Secret = ReturnType<typeof stageSecret>;

await run(async () => {
  const values = readArguments(process.argv.slice(2), usage, {
    stage: { type: 'string' },
    local: { type: 'boolean', default: false },
    tenant: { type: 'string' },
    url: { type: 'string' },
    'api-key-stdin': { type: 'boolean', default: false },
    renew: { type: 'boolean', default: false },
  });
  if (!values.stage && !values.local) throw new CommandError(`Which stage? Add --stage or --local.\n\n${usage}`);
  const stage = await findStage({ stage: values.local ? 'local' : values.stage, tenant: values.tenant });
  const url = values.url === undefined ? stage.webhookUrl : webhookAt(values.url);
  if (!values.local && !url.startsWith('https://'))
    throw new CommandError(`Close posts to https:// only, not to ${url}.`);

  const signingKey = stageSecret(stage, 'signatureKey');
  const isFilled = (await signingKey.read()) !== undefined;
  const webhooks = await signedIn(stage.closeApiUrl, stageSecret(stage, 'closeApiKey'), values['api-key-stdin']);
  const ours = (await webhooks.list()).filter((subscription) => subscription.url === url);
  if (ours.length === 0) return subscribe(url, webhooks, signingKey);
  if (values.renew) return renew(url, ours, webhooks, signingKey);
  await wake(ours, webhooks);
  if (!isFilled)
    throw new CommandError(
      `The webhook is at Close, but its signing key is not in ${signingKey.name}, and Close shows a key only once. ` +
        'Run this again with --renew for a new key.',
    );
  console.log(
    `Close posts to ${url} already, and the signing key is in ${signingKey.name}. --renew gives it a new key.`,
  );
});

/** Close with an API key that it accepts: the one kept for the tenant, or one from standard input, which is kept then. */
async function signedIn(baseUrl: string, secret: Secret, fromStdin: boolean): Promise<Webhooks> {
  const kept = fromStdin ? undefined : await secret.read();
  const apiKey = kept ?? (await askApiKey({ piped: fromStdin }));
  const webhooks = closeWebhooks(baseUrl, apiKey);
  await webhooks.list();
  if (kept === undefined) {
    await secret.fill(apiKey);
    console.log(`The API key is kept in ${secret.name}.`);
  }
  return webhooks;
}

/** A key that could not be kept is lost for good, so its subscription goes again. */
async function subscribe(url: string, webhooks: Webhooks, secret: Secret): Promise<void> {
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
async function renew(url: string, old: Subscription[], webhooks: Webhooks, secret: Secret): Promise<void> {
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
