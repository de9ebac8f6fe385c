import { NOBODY } from '../../lambdas/core/account.ts';
import type { Finding } from '../../lambdas/core/finding.ts';
import { examineStage, examineTenant } from '../../lambdas/doctor/doctor.ts';
import type { ExaminePorts } from '../../lambdas/doctor/examine.ts';
import { sendLeads } from '../../lambdas/doctor/send-lead.ts';
import { followLeads, type FollowPorts } from './follow-leads.ts';

interface Wanted {
  tenants: string[];
  /** Whether leads are sent and followed, too. */
  withLeads: boolean;
}

/** Examines the stage and tenants as its function does every hour, but waits for the leads that it sends; the report is kept for the dashboard. */
export async function examineAll(
  { tenants, withLeads }: Wanted,
  ports: Omit<ExaminePorts, 'tenants'> & FollowPorts,
): Promise<Finding[]> {
  const ofStage = await examineStage(ports);
  const ofTenants = await Promise.all(tenants.map((tenant) => examineTenant(tenant, ports)));
  const ofLeads = withLeads ? await sendAndFollow(tenants, ports) : [];
  const findings = [...ofStage, ...ofTenants.flat(), ...ofLeads];
  for (const tenant of [NOBODY, ...tenants]) {
    const isOf = (finding: Finding) => (finding.of.tenant ?? NOBODY) === tenant;
    const leads = (await ports.reportOf(tenant))?.leads ?? [];
    const at = new Date(ports.now()).toISOString();
    await ports.saveReport(tenant, { at, findings: findings.filter(isOf), leads });
  }
  return findings;
}

async function sendAndFollow(tenants: string[], ports: Omit<ExaminePorts, 'tenants'> & FollowPorts) {
  const results = await Promise.all(tenants.map((tenant) => sendLeads(tenant, ports)));
  const sent = results.flatMap((one) => one.sent);
  return [...results.flatMap(({ findings }) => findings), ...(await followLeads(sent, ports))];
}
