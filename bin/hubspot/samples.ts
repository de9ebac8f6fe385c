import { atOnce } from '../at-once.ts';
import { inBatches } from '../batches.ts';
import { CommandError } from '../command.ts';
import { accountsToSendFrom } from '../sample-accounts.ts';
import type { Samples } from '../sample-lead.ts';
import type { Stage } from '../stage.ts';
import { hubspotDelivery } from './delivery.ts';
import { hubspotLeads, type HubspotLead } from './leads.ts';
import { signedHeaders } from '../../lambdas/sources/hubspot/sign.ts';
import { tellStandIn } from './stand-in.ts';

const PUTS_AT_ONCE = 10;

/** New contacts as HubSpot announces them, in turns from each portal of the tenant; what is known of them is at the stand-in for HubSpot, or in the delivery of a test. */
export const hubspotSamples: Samples = {
  largestBatch: 100,
  async make(stage, { count, batch, isTest, isImport }) {
    if (!stage.isLocal && !isTest) throw new CommandError(unknownToHubspot(stage));
    const leads = hubspotLeads(await accountsToSendFrom(stage), { count, isTest });
    if (!isTest) await atOnce(PUTS_AT_ONCE, leads, (lead) => tellStandIn(stage.hubspotUrl, lead));
    return inBatches(leads, batch).flatMap((together) => {
      const body = hubspotDelivery(together, { isTest, isImport });
      return together.map((lead) => ({ id: lead.id, name: lead.name, body, owner: ownerOf(lead) }));
    });
  },
  headersOf: signedHeaders,
};

const ownerOf = ({ owner }: HubspotLead) =>
  owner && { name: `${owner.firstName} ${owner.lastName}`, known: 'named by HubSpot' };

const unknownToHubspot = ({ settings: { stage } }: Stage) =>
  `The stage ${stage} reads contacts at HubSpot, and HubSpot does not know invented ones. Add --test, which brings the contact ` +
  'along, or make a contact in HubSpot.';
