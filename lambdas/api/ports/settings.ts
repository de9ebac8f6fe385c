import { accountsOf } from '../../aws/account-table.ts';
import { leadsBefore } from '../../aws/lead-list.ts';
import { secretName } from '../../aws/secrets.ts';
import { saveStatuses, statusesOf } from '../../aws/status-table.ts';
import { isFilled } from '../../aws/tenant-secrets.ts';
import { addName, changeUser, userOf, usersOf } from '../../aws/user-table.ts';
import type { Source } from '../../core/source.ts';
import { sourceOf } from '../../sources/registry.ts';
import type { ApiEnv } from '../env.ts';
import type { SettingPorts } from '../routes/settings.ts';
import { pagePorts } from './pages.ts';
import { targetPorts } from './targets.ts';

const at = () => new Date().toISOString();

/** What people set for their tenant. */
export const settingPorts = (env: ApiEnv) => {
  const { TABLE_NAME } = env;
  const on = env.SOURCES.map(sourceOf).filter((source): source is Source => source !== undefined);
  return {
    ...pagePorts(env),
    ...targetPorts(env),
    isOn: (source) => env.SOURCES.includes(source),
    sources: on.map((source) => ({ id: source.id, label: source.label, hasVerifyToken: 'handshake' in source })),
    callbackUrl: (source) => `${env.PUBLIC_URL}/webhooks/${source}`,
    hasKey: (tenant, source) => isFilled(secretName(env.SIGNATURE_SECRET_NAME, { tenant, source })),
    hasVerifyToken: (tenant, source) => isFilled(secretName(env.VERIFY_TOKEN_SECRET_NAME, { tenant, source })),
    isOnFor: { slack: env.USE_SLACK, email: env.USE_EMAIL },
    portalsOf: (tenant) => accountsOf(TABLE_NAME, { tenant, source: 'hubspot' }),
    hasLeads: async (tenant) => (await leadsBefore(TABLE_NAME, tenant, {}, 1)).leads.length > 0,
    statusSettingOf: (tenant) => statusesOf(TABLE_NAME, tenant),
    saveStatuses: (statuses, { tenant, id, name }) =>
      saveStatuses(TABLE_NAME, tenant, statuses, { by: { id, name }, at: at() }),
    peopleOf: (tenant) => usersOf(TABLE_NAME, tenant),
    personNow: (of) => userOf(TABLE_NAME, of),
    changePerson: (id, edit, version, by) =>
      changeUser(TABLE_NAME, { tenant: by.tenant, id }, edit, { version, by: { id: by.id, name: by.name }, at: at() }),
    addName: (of, name, by) => addName(TABLE_NAME, of, name, { by: { id: by.id, name: by.name }, at: at() }),
  } satisfies Omit<SettingPorts, 'now' | 'timeZoneOf' | 'daysOf' | 'ownerNamesOf'>;
};
