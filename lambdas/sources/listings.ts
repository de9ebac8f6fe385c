import type { Listing, Subscription } from '../core/listing.ts';
import { listing as eventLog } from './close/listing.ts';
import { subscription as closeWebhook } from './close/subscription.ts';
import { listing as changedContacts } from './hubspot/listing.ts';
import { listing as leadsOfForms } from './meta/listing.ts';
import { subscription as pageSubscription } from './meta/subscription.ts';

/** The vendors' own records of their leads, by source. A list of its own beside the registry, as `hydrations` is. */
export const listings = {
  close: eventLog,
  hubspot: changedContacts,
  meta: leadsOfForms,
} satisfies Record<string, Listing>;

/** The vendors' subscriptions of ours, by source; HubSpot shows its own to nobody but the app's developer. */
export const subscriptions = {
  close: closeWebhook,
  meta: pageSubscription,
} satisfies Record<string, Subscription>;
