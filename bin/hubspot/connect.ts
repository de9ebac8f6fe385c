import { accountsOf } from '../../lambdas/aws/account-table.ts';
import { hubspot } from '../../lambdas/sources/hubspot/index.ts';
import { wantedEvents } from '../../lambdas/sources/hubspot/subscription.ts';
import { useAccess } from '../access.ts';
import { CommandError } from '../command.ts';
import { askSecret } from '../secret-input.ts';
import { stageSecret } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import { hubspotApp } from './app.ts';
import { developerKey } from './developer-key.ts';

export interface HubspotOptions {
  /** Where HubSpot shall post to; it signs the address. */
  url: string;
  appId: string | undefined;
  secretFromStdin: boolean;
  keyFromStdin: boolean;
}

/** Keeps the app's client secret, and where the app can be changed from here tells it the address and what to post; says what is left to do by hand. */
export async function connectHubspot(stage: Stage, options: HubspotOptions): Promise<void> {
  const { url, appId, secretFromStdin, keyFromStdin } = options;
  if (appId !== undefined && !/^\d{1,12}$/.test(appId))
    throw new CommandError(`--app-id is "${appId}"; an app's id is digits, as in HubSpot's list of apps.`);
  if (keyFromStdin && appId === undefined) throw new CommandError('--developer-key-stdin needs --app-id.');
  await keepClientSecret(stage, secretFromStdin, keyFromStdin);
  const developer = developerKey(stage);
  const kept = await developer.read();
  const meant = appId ?? kept?.appId;
  if (meant === undefined) sayClicks(url);
  else {
    const isKept = kept?.appId === meant && !keyFromStdin;
    const key = isKept ? kept.key : await askKey(keyFromStdin, secretFromStdin);
    const app = hubspotApp(stage.hubspotUrl, { appId: meant, key });
    await app.postTo(url);
    const { made, woken } = await app.subscribe();
    if (!isKept) await developer.keep({ appId: meant, key });
    console.log(`HubSpot's app ${meant} posts to ${url}.`);
    console.log(`It tells of ${wantedEvents.length} kinds of events; ${made} are new, ${woken} were off.`);
  }
  await sayPortals(stage);
}

/** Kept as it is where there is one of its form and nobody gives another. */
async function keepClientSecret(stage: Stage, fromStdin: boolean, isFirst: boolean): Promise<void> {
  const secret = stageSecret(stage, 'signatureKey');
  const kept = await secret.read();
  if (kept !== undefined && hubspot.keyForm.test(kept) && !fromStdin) return;
  const [what, option] = ['client secret of the app', 'client-secret-stdin'];
  const given = await askSecret({ what, form: hubspot.keyForm, option, piped: fromStdin, ...(isFirst && { line: 0 }) });
  if (given !== kept) await secret.fill(given);
  console.log(`The client secret is kept in ${secret.name}. It is in use within 5 minutes.`);
}

const askKey = (piped: boolean, isSecond: boolean) =>
  askSecret({
    what: 'developer API key',
    form: /^[A-Za-z0-9-]{16,128}$/,
    option: 'developer-key-stdin',
    piped,
    ...(isSecond && { line: 1 }),
  });

function sayClicks(url: string) {
  const properties = wantedEvents.flatMap((event) => event.split(' of ')[1] ?? []);
  const events = wantedEvents.filter((event) => !event.includes(' of '));
  console.log(`At HubSpot (Development > Legacy apps > the app):
  1. Auth > Scopes: crm.objects.contacts.read and crm.objects.owners.read.
  2. Webhooks > Target URL, letter by letter, since HubSpot signs it:
     ${url}
  3. Webhooks > Create subscription: ${events.join(', ')};
     and contact.propertyChange of ${properties.join(', ')}.
  4. Select all subscriptions > Activate.
With --app-id ID and the developer API key, 2 to 4 are done here; a private app has none, and is set up by hand.`);
}

async function sayPortals({ access, table, tenant }: Stage): Promise<void> {
  useAccess(access);
  const portals = await accountsOf(table, { tenant, source: 'hubspot' });
  if (portals.length === 0) console.log(`The tenant ${tenant} has no portal yet: npm run portals -- add gives it one.`);
}
