import type { ServedCall } from './count-calls.ts';

/** An item as DynamoDB's wire format writes it. */
type Item = Record<string, Record<string, unknown>>;

interface WriteBody {
  Key?: Item;
  Item?: Item;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Item;
}

const indexes = ['GSI1', 'GSI2', 'GSI3', 'GSI4'];

/**
 * Write units of calls in their order: a row counts once for every KB, and again for each index in which it stands, since all
 * attributes are projected. A sort key that changes is a deletion and a write
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes).
 */
export function writeUnits(calls: ServedCall[]): { kind: string; units: number }[] {
  const rows = new Map<string, Row>();
  return calls.map((call) => {
    const body = JSON.parse(call.body) as WriteBody;
    const { PK, SK } = (body.Key ?? body.Item ?? {}) as { PK?: { S: string }; SK?: { S: string } };
    const key = `${PK?.S} ${SK?.S}`;
    const row = rows.get(key) ?? { sizes: new Map<string, number>(), sortKeys: new Map<string, string>() };
    rows.set(key, row);
    const kind = kindOf(SK?.S ?? '');
    // A condition that did not hold costs one write of the row.
    if (call.status !== 200) return { kind: `${kind} refused`, units: kilobytes(row) };
    const writes = 1 + sum(indexes.map((index) => indexWrites(index, body, row)));
    grow(row, body);
    return { kind, units: writes * kilobytes(row) };
  });
}

interface Row {
  /** Bytes of each attribute, with its name. */
  sizes: Map<string, number>;
  /** The sort key in each index in which the row stands. */
  sortKeys: Map<string, string>;
}

/** `EVENT#ev_1` → `event`; what follows a lead's own key is one of its channels. */
const kindOf = (sortKey: string) =>
  sortKey.startsWith('LEAD#') ? 'channel' : (sortKey.split('#')[0] ?? '').toLowerCase();

function indexWrites(index: string, body: WriteBody, { sortKeys }: Row): number {
  const before = sortKeys.get(index);
  const after = sortKeyAfter(`${index}SK`, before, body);
  if (after === undefined) sortKeys.delete(index);
  else sortKeys.set(index, after);
  if (before === undefined) return after === undefined ? 0 : 1;
  return after === undefined || after === before ? 1 : 2;
}

function sortKeyAfter(name: string, before: string | undefined, body: WriteBody): string | undefined {
  const { UpdateExpression = '', Item } = body;
  if (Item) return Item[name]?.['S'] as string | undefined;
  const [set = '', removed = ''] = UpdateExpression.split(' REMOVE ');
  if (removed.includes(name)) return undefined;
  if (!set.includes(`#${name} =`)) return before;
  if (before !== undefined && set.includes(`if_not_exists(#${name},`)) return before;
  return body.ExpressionAttributeValues?.[`:${name}`]?.['S'] as string | undefined;
}

/** Every value that a write brings is counted as an attribute; a little too much where it is only compared. */
function grow({ sizes }: Row, body: WriteBody) {
  for (const item of [body.Key, body.Item, body.ExpressionAttributeValues]) {
    for (const [name, value] of Object.entries(item ?? {})) sizes.set(name.replace(':', ''), bytesOf(name, value));
  }
}

/** As DynamoDB counts: name and value, and a little for what holds others (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
function bytesOf(name: string, value: Item[string]): number {
  const content = Object.values(value)[0];
  if (Array.isArray(content)) return name.length + 3 + sum(content.map((one: Item[string]) => 1 + bytesOf('', one)));
  if (typeof content === 'object' && content !== null)
    return name.length + 3 + sum(Object.entries(content as Item).map(([inner, one]) => 1 + bytesOf(inner, one)));
  return name.length + (typeof content === 'string' ? Buffer.byteLength(content) : 1);
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const kilobytes = ({ sizes }: Row) => Math.max(1, Math.ceil(sum([...sizes.values()]) / 1024));
