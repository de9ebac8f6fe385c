import { sweeping } from '../../lambdas/aws/sweeping.ts';
import { sourceOf } from '../../lambdas/sources/registry.ts';
import { prefixes } from '../../lib/names.ts';
import { lostAfter } from '../../lib/patience.ts';
import type { Stage } from '../stage.ts';
import type { LookPorts } from './look.ts';

/** A stage as its own step sweeps it. */
export const portsOf = (stage: Stage): LookPorts => ({
  ...sweeping({
    table: stage.table,
    bucket: stage.bucket,
    sourcePrefix: prefixes.source,
    captureQueues: { queue: stage.captureQueueUrl, bulk: stage.captureBulkQueueUrl },
    ownerQueues: { queue: stage.ownerQueueUrl, bulk: stage.ownerBulkQueueUrl },
  }),
  tenants: stage.tenants,
  sourceOf,
  lostAfter: lostAfter(stage.settings) * 1000,
  digestTime: stage.settings.digestSeconds * 1000,
});
