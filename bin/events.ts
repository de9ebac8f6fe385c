import { useAccess } from './access.ts';
import { readOptions, refuseMore, wholeNumber } from './arguments.ts';
import { run } from './command.ts';
import { latestTable, leadLines, repeatsTable, timelineTable } from './events/show.ts';
import { jsonOf, timesReceived } from './events/stored-event.ts';
import { latestEvents, repeatedEvents } from './events/tenant-events.ts';
import { leadJson, timelineOf } from './events/timeline.ts';
import { findStage } from './find-stage.ts';
import type { Stage } from './stage.ts';

const usage = `Usage: npm run events -- [LEAD_ID] [options]
  Shows what vendors sent and what became of it: the tenant's latest events, or everything about one lead.
  LEAD_ID            a lead by the vendor's id: its own times, and its events from the first one on
  --duplicates       only events that were received more than once
  --limit N          how many, the latest ones (50)
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)
  --json             says it as JSON`;

interface Asked {
  duplicates: boolean;
  limit: number;
  json: boolean;
}

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    duplicates: { type: 'boolean', default: false },
    limit: { type: 'string', default: '50' },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [leadId, ...more] = positionals;
  refuseMore(more, usage);
  const { duplicates, json } = values;
  const asked = { duplicates, json, limit: wholeNumber('limit', values.limit, [1, 10_000]) };
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  await (leadId === undefined ? showTenant(stage, asked) : showLead(stage, leadId, asked));
});

async function showTenant(stage: Stage, { duplicates, limit, json }: Asked): Promise<void> {
  const events = await (duplicates ? repeatedEvents : latestEvents)(stage, limit);
  if (json) return console.log(JSON.stringify({ events: events.map(jsonOf) }));
  if (events.length > 0) return console.log((duplicates ? repeatsTable : latestTable)(events));
  console.log(
    duplicates ? `No event of ${stage.tenant} was received more than once.` : `${stage.tenant} has no events yet.`,
  );
}

async function showLead(stage: Stage, leadId: string, { duplicates, limit, json }: Asked): Promise<void> {
  const timeline = await timelineOf(stage, leadId);
  const wanted = timeline.events.filter((event) => !duplicates || timesReceived(event) > 1);
  const events = wanted.slice(-limit);
  if (json) return console.log(JSON.stringify({ lead: leadJson(timeline), events: events.map(jsonOf) }));
  if (!timeline.lead && timeline.events.length === 0)
    return console.log(`Nothing is known of a lead ${leadId} of ${stage.tenant}. Ids are those of the vendor.`);
  console.log(leadLines(timeline));
  const none = duplicates ? 'No event of it was received more than once.' : 'There is no event of it.';
  console.log(`\n${events.length > 0 ? timelineTable(events) : none}`);
  if (events.length < wanted.length) console.log(`${wanted.length - events.length} earlier ones: add --limit.`);
}
