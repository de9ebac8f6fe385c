import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { alertsOf } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import type { LocalRun } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';

/** What can be seen of one lead of Close and one of Meta from outside, in the order in which it comes about. */
export const everything = [
  'answered',
  'stored',
  'captured',
  'category',
  'enriched',
  'owned',
  'slack',
  'email',
  'ingest log',
  'capture log',
  'process log',
  'meta answered',
  'meta captured',
  'meta details',
  'meta told',
] as const;
export type Fact = (typeof everything)[number];

/** Longer than a lead without trouble takes from its delivery to its alerts. */
const SETTLED = 4000;

/** Sends one lead of each whose owner is known, waits until all these facts are there, then as long again as a lead takes, and says which are. */
export async function probe(run: LocalRun, expected: readonly Fact[]): Promise<Fact[]> {
  const lead = closeLead('probe');
  const owner = JSON.stringify({ lead_id: lead.id, lead_owner: 'Grace Hopper' });
  await run.s3.send(new PutObjectCommand({ Bucket: run.settings.lookupBucket, Key: `${lead.id}.json`, Body: owner }));
  const { status } = await postLead(run, lead);
  const ofMeta = metaLead(pageOf(run, 'north'));
  await atGraph(run, ofMeta);
  const answers = { answered: status, 'meta answered': (await postDelivery(run, deliveryOf([ofMeta]))).status };
  const facts = () => factsOf(run, lead.id, ofMeta.id, answers);
  const deadline = Date.now() + 60_000;
  for (
    let seen: Fact[] = [];
    !expected.every((fact) => seen.includes(fact)) && Date.now() < deadline;
    seen = await facts()
  ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  return facts();
}

async function factsOf(run: LocalRun, id: string, metaId: string, answers: Record<string, number>): Promise<Fact[]> {
  const there = async (Key: string) =>
    run.s3.send(new HeadObjectCommand({ Bucket: run.settings.bucket, Key })).then(
      () => true,
      () => false,
    );
  const [slack] = await alertsOf(run, id, 'slack');
  const [email] = await alertsOf(run, id, 'email');
  const wrote = (step: string) => run.functionLog().includes(`"step":"${step}"`);
  const is: Record<Fact, boolean> = {
    answered: answers['answered'] === 200,
    stored: await there(`source/crm_event_${id}.json`),
    captured: (await run.outcomes(id)).length > 0,
    category: (await run.inbox()).some(({ channel, lead_id }) => channel === 'topic' && lead_id === id),
    enriched: await there(`target/crm_lead_${id}.json`),
    owned: (slack ?? email)?.text.includes('Owner: Grace Hopper') ?? false,
    slack: slack !== undefined,
    email: email !== undefined,
    'ingest log': wrote('ingest'),
    'capture log': wrote('capture'),
    'process log': wrote('process'),
    'meta answered': answers['meta answered'] === 200,
    'meta captured': (await run.outcomes(metaId)).some(({ outcome }) => outcome === 'done'),
    'meta details': await there(`details/north/meta_lead_${metaId}.json`),
    'meta told': (await alertsOf(run, metaId, 'slack')).length > 0,
  };
  return everything.filter((fact) => is[fact]);
}
