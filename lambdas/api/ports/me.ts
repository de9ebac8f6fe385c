import { statusesOf } from '../../aws/status-table.ts';
import { noteUser } from '../../aws/user-table.ts';
import type { ApiEnv } from '../env.ts';
import type { MePorts } from '../routes/me.ts';

export const mePorts = ({ TABLE_NAME, TIME_ZONES }: ApiEnv) =>
  ({
    timeZoneOf: (tenant) => TIME_ZONES[tenant] ?? 'UTC',
    noteUser: (actor) => noteUser(TABLE_NAME, actor, new Date().toISOString()),
    statusesOf: async (tenant) => (await statusesOf(TABLE_NAME, tenant)).statuses,
  }) satisfies MePorts;
