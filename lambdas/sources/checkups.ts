import type { Checkup } from '../core/checkup.ts';
import { look as lookAtClose } from './close/look.ts';
import { lead as leadOfClose } from './close/specimen.ts';
import { signedHeaders as signedByClose } from './close/sign.ts';
import { look as lookAtHubspot } from './hubspot/look.ts';
import { lead as leadOfHubspot } from './hubspot/specimen.ts';
import { signedHeaders as signedByHubspot } from './hubspot/sign.ts';
import { look as lookAtMeta } from './meta/look.ts';
import { lead as leadOfMeta } from './meta/specimen.ts';
import { signedHeaders as signedByMeta } from './meta/sign.ts';

/** How each vendor is examined, by source. A list of its own beside the registry, as `hydrations` is. */
export const checkups = {
  close: { look: lookAtClose, lead: leadOfClose, headersOf: signedByClose },
  hubspot: { look: lookAtHubspot, lead: leadOfHubspot, headersOf: signedByHubspot },
  meta: { look: lookAtMeta, lead: leadOfMeta, headersOf: signedByMeta },
} satisfies Record<string, Checkup>;
