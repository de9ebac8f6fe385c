import * as z from 'zod';
import { CommandError } from './command.ts';
import { settingsOf, tenantOf, webhookAt, type Stage } from './stage.ts';

const LocalSettings = z.object({
  publicUrl: z.string(),
  aws: z.string().optional(),
  bucket: z.string(),
  lookupBucket: z.string(),
  table: z.string(),
  tenants: z.array(z.object({ tenant: z.string() })),
});

/** The local run at this address. Throws a sentence where nothing runs there. */
export async function localStage(url: URL, tenant: string | undefined): Promise<Stage> {
  const local = await settingsAt(url.origin);
  const endpoint = await reachable(
    local.aws ?? process.env['AWS_ENDPOINT_URL'] ?? `http://127.0.0.1:${process.env['AWS_PORT'] || 4566}`,
  );
  return {
    settings: settingsOf('local'),
    tenant: tenantOf(
      tenant,
      local.tenants.map((one) => one.tenant),
    ),
    webhookUrl: webhookAt(url.pathname === '/' ? local.publicUrl : url.href),
    bucket: local.bucket,
    table: local.table,
    closeApiUrl: `${local.publicUrl}/local/vendors/close`,
    access: {
      endpoint,
      region: 'us-east-1',
      // Any key that is not a function's is the operator's.
      credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    },
    lookupBucket: local.lookupBucket,
    lookAt: `${local.publicUrl}/local`,
  };
}

/** Any answer will do, also a refusal. */
async function reachable(endpoint: string): Promise<string> {
  await fetch(endpoint, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    const why = `The AWS services of the local run are not at ${endpoint}; set AWS_PORT as it was for npm start.`;
    throw new CommandError(why, { cause: error });
  });
  return endpoint;
}

async function settingsAt(origin: string): Promise<z.infer<typeof LocalSettings>> {
  const response = await fetch(`${origin}/local/settings`, { signal: AbortSignal.timeout(10_000) }).catch(
    (error: unknown) => {
      throw new CommandError(`Nothing runs at ${origin}. Start it with npm start, or say where with --to or PORT.`, {
        cause: error,
      });
    },
  );
  const settings = response.ok ? LocalSettings.safeParse(await response.json().catch(() => undefined)).data : undefined;
  if (settings) return settings;
  throw new CommandError(`What runs at ${origin} is not Lead Relay. Say where it runs with --to or PORT.`);
}
