import { CommandError } from '../command.ts';
import { stageSecret } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';

/** HubSpot's app is set up by hand in this version: throws what is to be done. */
export function connectHubspot(stage: Stage, url: string): never {
  const { name } = stageSecret(stage, 'signatureKey');
  throw new CommandError(`Setting up HubSpot's app comes in a later version. Until then by hand:
  1. Give the app at HubSpot the scopes crm.objects.contacts.read and crm.objects.owners.read.
  2. Enter this target URL for its webhooks, letter by letter, since HubSpot signs it:
     ${url}
  3. Subscribe to contact.creation, contact.deletion, contact.merge, contact.restore and contact.privacyDeletion,
     and to contact.propertyChange of email, firstname, lastname, phone, company, lifecyclestage, hs_lead_status and
     hubspot_owner_id; activate the subscriptions.
  4. Put the app's client secret into the secret ${name}:
     read -rs VALUE; printf %s "$VALUE" | aws secretsmanager put-secret-value \\
       --secret-id ${name} --secret-string file:///dev/stdin; unset VALUE
  5. Give each portal with its access token to a tenant: npm run portals -- add`);
}
