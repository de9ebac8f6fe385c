import { hubspot } from '../../lambdas/sources/hubspot/index.ts';
import type { AccountKind } from '../accounts/account-kind.ts';
import { TokenRefused } from '../accounts/token-refused.ts';
import { hubspotApi } from './api.ts';

const { noun, command } = hubspot.account;

/** HubSpot's portals, as it calls an account. HubSpot names the owner of each contact, and gives no name of a portal. */
export const portals: AccountKind = {
  source: 'hubspot',
  vendor: hubspot.label,
  noun,
  command,
  about: 'HubSpot accounts whose new contacts come in as leads: whose they are, and their access tokens.',
  idIs: 'digits, as HubSpot shows it beside the name of the account (Hub ID)',
  details: {
    name: 'what people call the portal',
    country: 'the country of phone numbers that come without one: DE',
  },
  async nameOf({ hubspotUrl }, portal, token) {
    const api = hubspotApi(hubspotUrl, token);
    const its = await api.portalOfToken();
    if (its !== undefined && its !== portal)
      throw new TokenRefused(`This token is of another portal, ${its} instead of ${portal}`);
    await api.readContacts();
    return undefined;
  },
  next: () => 'npm run connect -- hubspot says how to have HubSpot send its leads.',
};
