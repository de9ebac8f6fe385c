import { randomUUID } from 'node:crypto';
import { personOf, rememberMembership, settleMembership } from '../../lambdas/aws/person-table.ts';
import { sendAll } from '../../lambdas/aws/queue.ts';
import { useAccess } from '../access.ts';
import type { Stage } from '../stage.ts';
import type { MemberPorts } from './remember-member.ts';

/** The table and the bulk queue of a stage, for one import. */
export function memberPorts({ access, table, tenant, captureBulkQueueUrl }: Stage): MemberPorts {
  useAccess(access);
  return {
    tenant,
    runId: randomUUID(),
    personOf: (identifier) => personOf(table, tenant, identifier),
    rememberMembership: (identifier, said) => rememberMembership(table, tenant, identifier, said),
    settleMembership: (identifier, said) => settleMembership(table, tenant, identifier, said),
    reconsider: (messages) => sendAll(captureBulkQueueUrl, messages),
  };
}
