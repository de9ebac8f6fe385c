import { atOnce } from '../at-once.ts';
import { inBatches } from '../batches.ts';
import { CommandError } from '../command.ts';
import { accountsToSendFrom } from '../sample-accounts.ts';
import type { Samples } from '../sample-lead.ts';
import type { Stage } from '../stage.ts';
import { metaDelivery } from './delivery.ts';
import { metaLeads, type MetaLead } from './leads.ts';
import { signedHeaders } from '../../lambdas/sources/meta/sign.ts';
import { tellStandIn } from './stand-in.ts';

const PUTS_AT_ONCE = 10;

/** Leads as Meta sends them, in turns from each page of the tenant; what people answered is at the stand-in for the Graph API, or in the delivery of a test. */
export const metaSamples: Samples = {
  largestBatch: 1000,
  async make(stage, { count, batch, isTest }) {
    if (!stage.isLocal && !isTest) throw new CommandError(unknownToMeta(stage));
    const leads = metaLeads(await accountsToSendFrom(stage), count);
    if (!isTest) await atOnce(PUTS_AT_ONCE, leads, (lead) => tellStandIn(stage.graphUrl, lead));
    return inBatches(leads, batch).flatMap((together) => {
      const body = metaDelivery(together, { isTest });
      return together.map((lead) => ({ id: lead.id, name: lead.name, body, owner: ownerOf(lead) }));
    });
  },
  headersOf: signedHeaders,
};

const ownerOf = ({ page: { owner } }: MetaLead) => (owner ? { name: owner, known: 'the user of its page' } : undefined);

const unknownToMeta = ({ settings: { stage } }: Stage) =>
  `The stage ${stage} reads leads at Meta, and Meta does not know invented ones. Add --test, which brings the answers along, ` +
  'or let Meta make a lead: https://developers.facebook.com/tools/lead-ads-testing';
