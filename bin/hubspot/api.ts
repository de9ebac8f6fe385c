import * as z from 'zod';
import { TokenRefused } from '../accounts/token-refused.ts';
import { CommandError } from '../command.ts';
import { reach } from '../reach.ts';

const Details = z.object({ portalId: z.union([z.int(), z.string()]).transform(String) });

/** What operators ask of HubSpot with the token of a portal. Every failure is a `CommandError`. */
export function hubspotApi(baseUrl: string, token: string) {
  const get = (path: string) =>
    reach(
      `${baseUrl}/${path}`,
      { headers: { authorization: `Bearer ${token}` } },
      `HubSpot can not be reached at ${baseUrl}`,
    );

  return {
    /** The id of the portal that the token is of, where HubSpot says it (https://developers.hubspot.com/docs/api-reference/legacy/account/account-information/get-account-details). */
    async portalOfToken(): Promise<string | undefined> {
      const response = await get('account-info/v3/details');
      const answer: unknown = await response.json().catch(() => undefined);
      return response.status === 200 ? Details.safeParse(answer).data?.portalId : undefined;
    },

    /** Reads a contact, whichever it is. Throws `TokenRefused` where the token is not good for that. */
    async readContacts(): Promise<void> {
      const { status } = await get('crm/v3/objects/contacts?limit=1');
      if (status === 200) return;
      if (status === 401) throw new TokenRefused('HubSpot does not accept this token (401)');
      if (status === 403)
        throw new TokenRefused(
          'This token may not read contacts (403): its app needs the scope crm.objects.contacts.read',
        );
      throw new CommandError(sentenceFor(status));
    },
  };
}

/** What HubSpot says that is no word on the token. */
function sentenceFor(status: number): string {
  if (status === 429) return 'HubSpot asks to come back later (429). Try again in a minute.';
  if (status >= 500) return `HubSpot has a problem of its own (${status}). Try again later.`;
  return `HubSpot answered ${status}.`;
}
