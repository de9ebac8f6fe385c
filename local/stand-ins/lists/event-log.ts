import { createHash } from 'node:crypto';
import type { Asked } from './asked.ts';
import { timeOf } from './listed-record.ts';
import type { Listed } from './listed-records.ts';
import { accountOf, cursorOf, type ListPorts, ok, ownersFor, placeOf, type Said } from './list-ports.ts';

/** The most that Close gives at once, and what it gives unasked. */
const LIMIT = 50;

const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** Close's event log: of each lead that was set, that it was created; the latest first (https://developer.close.com/resources/event-log). */
export function eventLog(asked: Asked, ports: ListPorts): Said {
  const { query } = asked;
  const limit = Math.min(LIMIT, Number(query.get('_limit') ?? LIMIT));
  if (!Number.isInteger(limit) || limit < 1) return refused('_limit', 'Not a valid integer.');
  const cursor = query.get('_cursor');
  const place = cursor === null ? undefined : placeOf(cursor);
  if (cursor !== null && !place) return refused('_cursor', 'Invalid cursor.');
  const isMeant = (query.get('object_type') ?? 'lead') === 'lead' && (query.get('action') ?? 'created') === 'created';
  const found = isMeant ? ports.records.select('close', selection(asked, place, limit, ports)) : [];
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return ok({
    data: shown.map(created),
    cursor_next: found.length > limit && last ? cursorOf(last) : null,
    cursor_previous: null,
  });
}

function selection(asked: Asked, place: { made: number; id: string } | undefined, limit: number, ports: ListPorts) {
  const filters: [sql: string, ...values: (string | number)[]][] = [
    ['owner IN (?, ?)', ...ownersFor(accountOf(asked, ports), asked, ports)],
  ];
  for (const [name, sign] of Object.entries(comparisons)) {
    const time = timeOf(asked.query.get(`date_updated__${name}`));
    if (time !== undefined) filters.push([`made ${sign} ?`, time]);
  }
  for (const name of ['lead_id', 'object_id']) {
    const id = asked.query.get(name);
    if (id !== null) filters.push(['id = ?', id]);
  }
  if (place) filters.push(['(made, id) < (?, ?)', place.made, place.id]);
  return {
    where: filters.map(([sql]) => sql).join(' AND '),
    values: filters.flatMap(([, ...values]) => values),
    order: 'made DESC, id DESC',
    limit: limit + 1,
  };
}

/** An event carries of people their ids only; its times have no zone, and six digits behind the second. */
function created({ id, made, content }: Listed) {
  const { contacts, opportunities: _opportunities, tasks: _tasks, ...lead } = content;
  const at = new Date(made).toISOString().replace('Z', '000');
  const people = Array.isArray(contacts) ? contacts.map((one: { id?: unknown } | null) => one?.id ?? null) : [];
  return {
    id: `ev_${createHash('sha256').update(id).digest('hex').slice(0, 22)}`,
    date_created: at,
    date_updated: at,
    organization_id: lead['organization_id'] ?? 'orga_local',
    user_id: null,
    request_id: null,
    api_key_id: null,
    oauth_client_id: null,
    object_type: 'lead',
    object_id: id,
    lead_id: id,
    action: 'created',
    changed_fields: [],
    meta: {},
    data: { contact_ids: people.filter((one) => one !== null), ...lead, id },
    previous_data: {},
  };
}

const refused = (field: string, why: string): Said => ({
  status: 400,
  json: { errors: [], 'field-errors': { [field]: why } },
});
