import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { rowsAt } from './rows.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** Remembers why the message of a queue failed last, by its id, which it keeps on its way to the dead letters. */
export interface Failures {
  note: (messageId: string, reason: string) => Promise<unknown>;
  forget: (messageId: string) => Promise<unknown>;
}

/** The failures of a stage. What is noted was in the log too: it names no person. */
export const failuresIn = (tableName: string): Failures => ({
  note: (messageId, reason) =>
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.failed(messageId),
        UpdateExpression: 'SET #reason = :reason, v = :v, #at = :at',
        ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' },
        ExpressionAttributeValues: { ':reason': reason, ':v': ROW_VERSION, ':at': new Date().toISOString() },
      }),
    ),
  forget: (messageId) => table.send(new DeleteCommand({ TableName: tableName, Key: keyOf.failed(messageId) })),
});

/** Why messages failed last, by their ids; one that is not there died without a word, or failed before anybody noted it. */
export async function failuresOf(tableName: string, messageIds: string[]): Promise<Map<string, string>> {
  const rows = await rowsAt(tableName, messageIds.map(keyOf.failed), ['reason']);
  return new Map(rows.map(({ PK, reason }) => [PK.slice(keyOf.failed('').PK.length), String(reason)]));
}
