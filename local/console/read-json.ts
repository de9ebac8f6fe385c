import type { FastifyRequest } from 'fastify';

/** The JSON in the body of a request, with every digit of a long id; nothing where there is none. */
export const readJson = ({ body }: FastifyRequest): unknown => jsonIn((body as Buffer | undefined)?.toString() ?? '');

/** The same of a text. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text, exactly as Reviver);
  } catch {
    return undefined;
  }
}

type Reviver = (key: string, value: unknown) => unknown;

/** Node's own, which TypeScript does not know yet (https://github.com/tc39/proposal-json-parse-with-source). */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

/** A whole number beyond 2^53 stays the text that it was, and is written as such. */
const exactly = (_key: string, value: unknown, { source = '' }: { source?: string }): unknown =>
  typeof value === 'number' && /^-?\d{16,}$/.test(source) ? rawJSON(source) : value;
