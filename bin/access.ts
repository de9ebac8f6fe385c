import type { Stage } from './stage.ts';

/** Points the adapters of lambdas/aws at the stage: they find AWS by the environment, at their first call. */
export function useAccess({ endpoint, region, credentials }: Stage['access']): void {
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
  };
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] = value;
}
