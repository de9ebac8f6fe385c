import type { Milestone } from './milestones.ts';
import type { SampleLead } from './sample-lead.ts';
import type { Stage } from './stage.ts';

/** With more leads than this, counts are shown instead of names. */
const LISTED = 10;
/** Milliseconds between two lines of counts. */
const LINE_EVERY = 1000;

/** Says where leads go, each stage of a single one, and counts of many. */
export function sendReport(leads: SampleLead[], stage: Stage) {
  const counts = new Map<string, number>();
  let slowest = 0;
  let saidAt = 0;
  introduce(leads, stage);

  const sayCounts = () =>
    console.log([...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'nothing answered yet');

  function passed(_: SampleLead, { stage: name, text }: Milestone) {
    if (leads.length === 1) {
      if (name !== 'told') console.log(`  ${name.padEnd(12)} ${text}`);
      return;
    }
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (Date.now() - saidAt < LINE_EVERY) return;
    saidAt = Date.now();
    sayCounts();
  }

  function answered(lead: SampleLead, ms: number) {
    slowest = Math.max(slowest, ms);
    passed(lead, { stage: 'answered', text: `200 after ${ms} ms` });
  }

  /** `told`: whether all of them were. */
  function end(told: boolean) {
    if (leads.length > 1) {
      sayCounts();
      console.log(`The slowest answer took ${slowest} ms.`);
    }
    if (told && stage.isLocal) console.log(`See what people were told at ${stage.lookAt}`);
  }

  return { passed, answered, end };
}

function introduce(leads: SampleLead[], { webhookUrl, tenant, isLocal }: Stage) {
  console.log(`${leads.length === 1 ? 'A lead' : `${leads.length} leads`} to ${webhookUrl}, tenant ${tenant}`);
  const owned = leads.flatMap(({ owner }) => owner ?? []);
  if (leads.length <= LISTED)
    for (const lead of leads) console.log(`  ${lead.name}, ${lead.id}${isLocal ? `, ${ownerOf(lead)}` : ''}`);
  else if (isLocal) console.log(`  ${owned.length} of them have an owner${owned[0] ? ` (${owned[0].known})` : ''}.`);
  if (!isLocal) console.log('  Whether they have an owner is for the owner directories of the stage to say.');
}

const ownerOf = ({ owner }: SampleLead) => (owner ? `owner ${owner.name} (${owner.known})` : 'without an owner');
