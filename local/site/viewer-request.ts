import { createContext, Script } from 'node:vm';
import * as z from 'zod';
import { StartError } from '../start-error.ts';
import type { Template } from '../template/template.ts';
import { distributionOf } from './distribution.ts';

/** What a viewer function makes of a request: another path, or an answer of its own. */
const Outcome = z.union([
  z.object({
    statusCode: z.int(),
    headers: z.record(z.string(), z.object({ value: z.string() })).default({}),
    body: z.union([z.string(), z.object({ data: z.string() }).transform(({ data }) => data)]).default(''),
  }),
  z.object({ uri: z.string() }),
]);
export type Outcome = z.output<typeof Outcome>;

export type ViewerRequest = (method: string, uri: string, headers: Record<string, string>) => Promise<Outcome>;

/** CloudFront's own limit is a share of one; here it only ends what never would. */
const timeout = 1000;

/** The function of the template that the default behaviour asks about each request; without one a path stays as it is. */
export function viewerRequestOf(template: Template): ViewerRequest {
  const [association] =
    distributionOf(template)?.properties.DistributionConfig.DefaultCacheBehavior.FunctionAssociations ?? [];
  if (!association) return async (_method, uri) => ({ uri });
  const fn = template.of('AWS::CloudFront::Function').find(({ arn }) => arn === association.FunctionARN);
  if (!fn) throw new StartError('The function of the default behaviour is not in the template.');
  const script = compile(fn.id, fn.properties.FunctionCode);
  return async (method, uri, headers) => {
    // Nothing of this process is in its world, and nothing of one request in that of the next.
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request' },
      viewer: { ip: '127.0.0.1' },
      request: { method, uri, querystring: {}, headers: asValues(headers), cookies: {} },
    };
    const world = createContext({ event: JSON.stringify(event) });
    const answered: unknown = script.runInContext(world, { timeout });
    return Outcome.parse(JSON.parse(String(await answered)));
  };
}

function compile(id: string, code: string): Script {
  try {
    return new Script(`${code}\n;(async () => JSON.stringify(await handler(JSON.parse(event))))()`, { filename: id });
  } catch (error) {
    throw new StartError(`The local run does not understand the code of ${id}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

const asValues = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
