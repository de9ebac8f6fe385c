import { erasing } from '../../lambdas/aws/erasing.ts';
import { deletePartition } from '../../lambdas/aws/lead-traces.ts';
import { send } from '../../lambdas/aws/queue.ts';
import { secondPass } from '../../lambdas/erase/erase.ts';
import { eraseLead } from '../../lambdas/erase/erase-lead.ts';
import { sourceOf } from '../../lambdas/sources/registry.ts';
import { prefixes } from '../../lib/names.ts';
import type { Stage } from '../stage.ts';
import { forgetDeadLetters } from './dead-letters.ts';
import type { LeadId } from '../who.ts';

/** What was removed of a person. */
export interface ErasedAll {
  leads: number;
  objects: number;
  rewritten: number;
  exports: number;
  rows: number;
  messages: number;
}

/** Erases leads as the stage's own step does, and has that come again for what is at work with them just now. */
export async function eraseAll(stage: Stage, leads: LeadId[], partitions: string[]): Promise<ErasedAll> {
  const ports = {
    ...erasing({
      table: stage.table,
      bucket: stage.bucket,
      detailsPrefix: prefixes.details,
      targetPrefix: prefixes.target,
      exportsPrefix: prefixes.exports,
    }),
    sourceOf,
  };
  const times = { now: Date.now, longestWork: stage.settings.timeoutSeconds * 1000 };
  const erased: ErasedAll = { leads: 0, objects: 0, rewritten: 0, exports: 0, rows: 0, messages: 0 };
  const gone: string[] = [];
  for (const { lead_id, source } of leads) {
    const lead = { tenant: stage.tenant, source, lead_id };
    const { objects, rewritten, exports, rows, rawKeys } = await eraseLead(lead, [], ports);
    await send(stage.eraseQueueUrl, secondPass({ v: 1, erase: lead }, rawKeys, times), Date.now());
    for (const key of rawKeys) if (!(await ports.objectNow(key))) gone.push(key);
    erased.leads += 1;
    erased.objects += objects;
    erased.rewritten += rewritten;
    erased.exports += exports;
    erased.rows += rows;
  }
  for (const partition of partitions) erased.rows += await deletePartition(stage.table, partition);
  const leadIds = leads.map(({ lead_id }) => lead_id);
  for (const url of stage.deadLetterUrls)
    erased.messages += await forgetDeadLetters(stage, url, { leadIds, rawKeys: gone });
  return erased;
}
