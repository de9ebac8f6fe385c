import { reportOf } from '../../aws/doctor-table.ts';
import { daysOf } from '../../aws/stats-table.ts';
import { wordsFrom } from '../../sources/registry.ts';
import type { ApiEnv } from '../env.ts';
import type { DoctorPorts } from '../routes/doctor.ts';
import type { StatsPorts } from '../routes/stats.ts';

/** Counters, and what the doctor found, in the table. */
export const statsPorts = ({ TABLE_NAME }: ApiEnv) =>
  ({
    daysOf: (tenant, from, to) => daysOf(TABLE_NAME, tenant, from, to),
    sourceLabel: (source) => wordsFrom(source)?.label ?? source,
    reportOf: (tenant) => reportOf(TABLE_NAME, tenant),
  }) satisfies Partial<StatsPorts & DoctorPorts>;
