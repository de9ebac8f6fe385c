import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { table } from './table.ts';

/** What DynamoDB reads at once (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const AT_ONCE = 100;
/** A table that is throttled gives a part of what was asked for, and more a moment later. */
const MOST_TRIES = 5;

type Key = { PK: string; SK: string };

/** Those of the rows that exist, as of this moment, with only these attributes beside their keys. */
export async function rowsAt(
  tableName: string,
  keys: Key[],
  attributes: string[],
): Promise<(Key & Record<string, unknown>)[]> {
  const found: (Key & Record<string, unknown>)[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    let asked: Key[] = keys.slice(from, from + AT_ONCE);
    for (let tries = 0; asked.length > 0; tries += 1) {
      if (tries === MOST_TRIES) throw new Error('the table gave only a part of what was asked for');
      const { Responses, UnprocessedKeys } = await table.send(
        new BatchGetCommand({
          RequestItems: {
            [tableName]: {
              Keys: asked,
              ConsistentRead: true,
              ProjectionExpression: ['PK', 'SK', ...attributes].map((name) => `#${name}`).join(', '),
              ExpressionAttributeNames: Object.fromEntries(
                ['PK', 'SK', ...attributes].map((name) => [`#${name}`, name]),
              ),
            },
          },
        }),
      );
      found.push(...((Responses?.[tableName] ?? []) as typeof found));
      asked = (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
    }
  }
  return found;
}
