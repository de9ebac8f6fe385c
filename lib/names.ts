/** What each part of the bucket holds: deliveries as received, what vendors added, enriched leads, lists of leads for people to download. */
export const prefixes = { source: 'source/', details: 'details/', target: 'target/', exports: 'exports/' };

/** Names of a stage's secrets; {tenant}, {source} and {account} are filled in by who reads them. */
export const secretNames = (stage: string) => ({
  signatureKey: `lead-relay/${stage}/{tenant}/{source}-signature-key`,
  verifyToken: `lead-relay/${stage}/{tenant}/{source}-verify-token`,
  /** Made and deleted with a page or portal, by `npm run pages` and `npm run portals`. */
  accountToken: `lead-relay/${stage}/{tenant}/{source}-token-{account}`,
  /** Made by `npm run connect`, of a vendor whose app can be looked at with it. */
  developerKey: `lead-relay/${stage}/{tenant}/{source}-developer-key`,
  closeApiKey: `lead-relay/${stage}/{tenant}/close-api-key`,
  slackWebhookUrl: `lead-relay/${stage}/{tenant}/slack-webhook-url`,
});

/** Where HubSpot's API is. */
export const hubspotUrl = 'https://api.hubapi.com';
