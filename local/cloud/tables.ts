import { createRequire } from 'node:module';
import { StartError } from '../start-error.ts';
import { account, region } from '../template/resource-type.ts';
import type { Resource } from '../template/template.ts';
import type { Stores } from './stores.ts';
import { rememberValues, tableStorage, type Storage } from './table-storage.ts';

const require = createRequire(import.meta.url);

interface Failure {
  statusCode: number;
  body: unknown;
}
interface Store {
  tableDb: Storage & { awsAccountId: string; awsRegion: string };
  db: Storage;
}
type Action = (
  store: Store,
  data: unknown,
  done: (error: (Error & Partial<Failure>) | null, data?: unknown) => void,
) => void;
interface Validations {
  toLowerFirst(text: string): string;
  checkTypes(data: unknown, types: unknown): unknown;
  checkValidations(data: unknown, types: unknown, custom: unknown, store: Store): void;
}

// dynalite only offers an HTTP server of its own; calling its actions saves a second parse and a second connection.
const dynalite = require('dynalite/db') as { create(options: object): Store };
const validations = require('dynalite/validations') as Validations;

export interface TableAnswer {
  status: number;
  body: unknown;
}

/** Operations that are one transaction: each item and all its index entries, or nothing. */
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** DynamoDB: dynalite's operations on our storage. */
export class Tables {
  readonly #store: Store;
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
    this.#store = dynalite.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    Object.assign(this.#store.db, tableStorage(stores.db));
    Object.assign(this.#store.tableDb, { awsAccountId: account, awsRegion: region });
    // Each operation begins with the description of its table.
    rememberValues(this.#store.tableDb);
  }

  /** Carries out one operation: `GetItem`, … */
  async call(operation: string, body: unknown): Promise<TableAnswer> {
    const name = validations.toLowerFirst(operation);
    try {
      const { types, custom } = require(`dynalite/validations/${name}`) as { types: unknown; custom: unknown };
      const data = validations.checkTypes(body, types);
      validations.checkValidations(data, types, custom, this.#store);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const action = require(`dynalite/actions/${name}`) as Action;
      const run = () => action(this.#store, data, (error, result) => (error ? reject(error) : resolve(result)));
      if (writes.has(operation)) this.#stores.atomically(run);
      else run();
      return { status: 200, body: await promise };
    } catch (error) {
      const { statusCode, body: said, code } = error as Partial<Failure> & { code?: string };
      if (statusCode !== undefined) return { status: statusCode, body: said };
      if (code === 'MODULE_NOT_FOUND')
        return { status: 400, body: { __type: 'com.amazon.coral.service#UnknownOperationException' } };
      return { status: 500, body: { __type: 'InternalServerError', message: String(error) } };
    }
  }

  /** Makes a table of the template unless it is there. Throws a sentence where the folder holds one with other keys. */
  async ensure({ name, properties }: Pick<Resource<'AWS::DynamoDB::Table'>, 'name' | 'properties'>): Promise<void> {
    const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes = [] } = properties;
    const indexes = GlobalSecondaryIndexes.map((index) => ({
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
    }));
    const { status, body } = await this.call('DescribeTable', { TableName: name });
    if (status === 200)
      return ensureSame(name, { KeySchema, GlobalSecondaryIndexes: indexes }, (body as { Table: Keys }).Table);
    const made = await this.call('CreateTable', {
      TableName: name,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    });
    if (made.status !== 200) throw new StartError(`The table ${name} can't be made: ${JSON.stringify(made.body)}.`);
  }
}

/** The keys of a table and its indexes. */
interface Keys {
  KeySchema: unknown[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown[] }[];
}

function ensureSame(name: string, wanted: Keys, existing: Keys) {
  if (asText(wanted) === asText(existing)) return;
  throw new StartError(`The table ${name} of an earlier run has other keys or indexes; \`npm run reset\` starts anew.`);
}

function asText({ KeySchema, GlobalSecondaryIndexes = [] }: Keys): string {
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys }) => JSON.stringify([IndexName, keys]));
  return JSON.stringify([KeySchema, indexes.sort((a, b) => a.localeCompare(b))]);
}
