import { saveToken } from '../../lambdas/aws/account-tokens.ts';
import { secretName } from '../../lambdas/aws/secrets.ts';
import { valueNow } from '../../lambdas/aws/tenant-secrets.ts';
import { secretNames } from '../../lib/names.ts';
import { tagsOf } from '../../lib/tags.ts';
import { useAccess } from '../access.ts';
import type { Stage } from '../stage.ts';

/** An app at HubSpot, and the key of its developer account. */
interface DeveloperKey {
  appId: string;
  key: string;
}

/** The secret that lets the webhooks of HubSpot's app be seen and changed; it is made with its first value: `{app id}:{key}`. */
export function developerKey({ access, settings, tenant }: Stage) {
  useAccess(access);
  const name = secretName(secretNames(settings.stage).developerKey, { tenant, source: 'hubspot' });
  return {
    async read(): Promise<DeveloperKey | undefined> {
      const [, appId, key] = /^(\d+):(.+)$/.exec((await valueNow(name)) ?? '') ?? [];
      return appId !== undefined && key !== undefined ? { appId, key } : undefined;
    },
    async keep({ appId, key }: DeveloperKey): Promise<void> {
      const description = `Developer API key with which HubSpot's app of ${tenant} is looked at`;
      await saveToken(name, { description, tags: tagsOf(settings) }, `${appId}:${key}`);
      console.log(`The developer API key is kept in ${name}.`);
    },
  };
}
