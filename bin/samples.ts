import type { SourceId } from './arguments.ts';
import { closeSamples } from './close/samples.ts';
import { hubspotSamples } from './hubspot/samples.ts';
import { metaSamples } from './meta/samples.ts';
import type { Samples } from './sample-lead.ts';

/** Sample leads of every source. */
export const samples = { close: closeSamples, meta: metaSamples, hubspot: hubspotSamples } satisfies Record<
  SourceId,
  Samples
>;
