import { isUsableId } from '../../lambdas/core/id.ts';
import { SEE_TO_IT } from '../command.ts';
import type { Stage } from '../stage.ts';
import { namesOf, type StoredObject } from './stored-object.ts';
import type { Said } from './trace-of-who.ts';
import type { TracePorts } from './trace-ports.ts';

type Place = Pick<Stage, 'tenant' | 'tenants'>;
type Found = Partial<StoredObject> & { key: string };

/** Of whom the table knows nothing: whether a delivery is stored that would be theirs, and what was not found where. */
export async function lookElsewhere(stage: Place, who: string, ports: TracePorts): Promise<Said> {
  if (!isUsableId(who)) return nothing(who, [noPerson(stage)]);
  if (await ports.wasErased(who)) return nothing(who, [erased(stage, who)]);
  const keys = await ports.objectsNamed(who);
  const found = await Promise.all(keys.map(async (key) => ({ key, ...(await ports.storedObject(key)) })));
  const own = found.filter(({ tenant = stage.tenant }: Found) => tenant === stage.tenant);
  if (own.length > 0) return uncaptured(stage, who, own);
  const [other] = found;
  return nothing(who, other ? [elsewhere(stage, who, other)] : notFound(stage, who));
}

const nothing = (who: string, sentences: string[]): Said => ({
  text: sentences.join('\n'),
  json: { leads: [], who, not_found: sentences },
  exitCode: 1,
});

const noPerson = ({ tenant }: Place) =>
  `No lead of ${tenant} has this address or number. A number needs its country (+49…); what could not be read yet has neither, and is found by its id: npm run events shows the latest.`;

const erased = ({ tenant }: Place, who: string) =>
  `The lead ${who} of ${tenant} was erased, since its person was to be forgotten: nothing of it is kept.`;

const elsewhere = ({ tenant }: Place, who: string, { key, tenant: other }: Found) =>
  `${who} is no lead of ${tenant}: ${key} is of the tenant ${other}. Add --tenant ${other}.`;

function uncaptured({ tenant }: Place, who: string, stored: Found[]): Said {
  const says = `STUCK: a delivery of the lead ${who} is stored, and the table knows nothing of it for ${tenant}: it was not captured.`;
  const lines = stored.map(({ key, bytes, storedAt, origin }) =>
    [`  ${key}`, `${bytes ?? '?'} bytes`, `stored ${storedAt ?? '?'}`, `by ${origin ?? '?'}`].join(' · '),
  );
  const then = 'The capture queue is behind, or it is among its dead letters.';
  return { text: [says, ...lines, then].join('\n'), json: { leads: [], who, stored }, exitCode: SEE_TO_IT };
}

function notFound({ tenant, tenants }: Place, who: string): string[] {
  const others = tenants.filter((one) => one !== tenant);
  return [
    `Table: no lead ${who} of ${tenant}, no event of it, and none that waits for its page or portal.`,
    ...(/^\d+$/.test(who) ? [`People: ${noPerson({ tenant, tenants })}`] : []),
    `Bucket: no delivery is named ${namesOf(who).join('… or ')}…. One of several leads, and each of HubSpot, is named by its content and can’t be found by an id.`,
    ...(others.length > 0 ? [`Not looked at: other tenants. Add --tenant ${others.join(' or ')}.`] : []),
  ];
}
