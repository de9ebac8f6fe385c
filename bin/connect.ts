import { readArguments } from './arguments.ts';
import { connectClose } from './close/connect.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { connectHubspot } from './hubspot/connect.ts';
import { connectMeta } from './meta/connect.ts';
import { webhookAt } from './stage.ts';

const usage = `Usage: npm run connect -- close|meta|hubspot --stage S [options]
  Tells the vendor the stage's webhook and keeps the keys in Secrets Manager; they are never shown.
  --stage S          a stage of cdk.json that is deployed in your AWS account
  --local            the local run and its stand-ins for vendors instead
  --tenant T         a tenant of the stage (its first one)
  --url URL          the webhook's address where it has a custom domain
close:
  --api-key-stdin    takes the API key of Close from standard input and keeps it, too
  --renew            gives the webhook a new signing key
meta:
  --app-id ID        registers the webhook at Meta; without it, says what to copy into Meta's console
  --app-secret-stdin takes the app secret from standard input and keeps it
  --page ID          subscribes one page of the tenant instead of all
hubspot:
  --app-id ID        registers the webhook and its subscriptions at HubSpot; without it, says what to click there
  --client-secret-stdin, --developer-key-stdin
                     take these from standard input, the client secret in its first line where both are given
                     (they are asked for otherwise)
Ends with 0 when all is done that can be done from here.`;

/** Options that one source has and the others have not. */
const own = {
  close: ['api-key-stdin', 'renew'],
  meta: ['app-id', 'app-secret-stdin', 'page'],
  hubspot: ['app-id', 'client-secret-stdin', 'developer-key-stdin'],
};

await run(async () => {
  const { source, values } = readArguments(process.argv.slice(2), usage, {
    stage: { type: 'string' },
    local: { type: 'boolean' },
    tenant: { type: 'string' },
    url: { type: 'string' },
    'api-key-stdin': { type: 'boolean' },
    renew: { type: 'boolean' },
    'app-id': { type: 'string' },
    'app-secret-stdin': { type: 'boolean' },
    page: { type: 'string' },
    'client-secret-stdin': { type: 'boolean' },
    'developer-key-stdin': { type: 'boolean' },
  });
  const taken = ['stage', 'local', 'tenant', 'url', ...own[source]];
  const stray = Object.keys(values).find((option) => !taken.includes(option));
  if (stray !== undefined) throw new CommandError(`--${stray} is nothing that ${source} knows.\n\n${usage}`);
  const { tenant } = values;
  const local = values.local ?? values.stage === 'local';
  if (!values.stage && !local) throw new CommandError(`Which stage? Add --stage or --local.\n\n${usage}`);
  const stage = await findStage({ source, stage: local ? 'local' : values.stage, tenant });
  const url = values.url === undefined ? stage.webhookUrl : webhookAt(values.url, source);
  if (!local && !url.startsWith('https://'))
    throw new CommandError(`${stage.source.label} posts to https:// only, not to ${url}.`);
  if (source === 'close') {
    const { 'api-key-stdin': keyFromStdin = false, renew = false } = values;
    return connectClose(stage, { url, keyFromStdin, renew });
  }
  if (source === 'hubspot')
    return connectHubspot(stage, {
      url,
      appId: values['app-id'],
      secretFromStdin: values['client-secret-stdin'] ?? false,
      keyFromStdin: values['developer-key-stdin'] ?? false,
    });
  const { page, 'app-id': appId, 'app-secret-stdin': secretFromStdin = false } = values;
  return connectMeta(stage, { url, page, appId, secretFromStdin });
});
