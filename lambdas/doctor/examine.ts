import { NOBODY } from '../core/account.ts';
import type { Erasure } from '../core/erasure.ts';
import type { Finding } from '../core/finding.ts';
import type { Report, SentLead } from '../core/report.ts';
import { type DoctorPorts, examineStage, examineTenant, orUnknown } from './doctor.ts';
import { type Came, judgeLead, onItsWay, stageOf } from './judge-lead.ts';
import { sendLeads, type SendPorts } from './send-lead.ts';

export interface ExaminePorts extends DoctorPorts, SendPorts {
  tenants: string[];
  sources: DoctorPorts['sources'];
  accountsOf: DoctorPorts['accountsOf'];
  reportOf: (tenant: string) => Promise<Report | undefined>;
  saveReport: (tenant: string, report: Report) => Promise<void>;
  leadNow: (lead: SentLead) => Promise<Came>;
  /** Has nothing left of a lead. */
  erase: (message: Erasure) => Promise<void>;
}

/** A lead of which nothing more is heard is left alone after this: milliseconds. */
const FORGOTTEN = 4 * 24 * 60 * 60_000;

/** Examines the stage and each tenant, looks what became of the leads that it made up the last time, makes up new ones, and keeps the reports. */
export async function examine(ports: ExaminePorts): Promise<Finding[]> {
  const ofStage = await examineStage(ports);
  await ports.saveReport(NOBODY, { at: timeOf(ports), findings: ofStage, leads: [] });
  // A vendor that is slow for one tenant holds no other up, and what fails for one keeps no other from its report.
  const examined = await Promise.allSettled(ports.tenants.map((tenant) => examineOne(tenant, ports)));
  const failed = examined.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return [...ofStage, ...examined.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))];
}

async function examineOne(tenant: string, ports: ExaminePorts): Promise<Finding[]> {
  const kept = await ports.reportOf(tenant);
  const findings = await examineTenant(tenant, ports);
  let leads = kept?.leads ?? [];
  const ofLeads = await orUnknown('lead', { tenant }, ports, async () => {
    const judged = await judgeAll(leads, ports);
    const { sent, findings: refused } = await sendLeads(tenant, ports);
    leads = [...judged.open, ...sent];
    const isNew = (lead: SentLead) => !judged.findings.some(({ of }) => of.source === lead.source);
    const first = sent.filter(isNew).map((lead) => onItsWay(lead, labelOf(lead, ports)));
    return [...judged.findings, ...refused, ...first];
  });
  const all = [...findings, ...ofLeads];
  await ports.saveReport(tenant, { at: timeOf(ports), findings: all, leads });
  return all;
}

/** The newest lead of each source says whether leads come through; of each that did nothing is left. */
async function judgeAll(leads: SentLead[], ports: ExaminePorts): Promise<{ findings: Finding[]; open: SentLead[] }> {
  const findings: Finding[] = [];
  const open: SentLead[] = [];
  for (const lead of leads) {
    const came = await ports.leadNow(lead);
    const now = ports.now();
    if (stageOf(came) === 'through') await forget(lead, ports);
    else if (now - lead.sentAt < FORGOTTEN) open.push(lead);
    const isNewest = !leads.some(({ source, sentAt }) => source === lead.source && sentAt > lead.sentAt);
    const flags = ports.flagsOf(lead.tenant);
    const finding = isNewest ? judgeLead(lead, came, { label: labelOf(lead, ports), now, flags }) : undefined;
    if (finding) findings.push(finding);
  }
  return { findings, open };
}

/** Leaves nothing of a lead that came through. */
export const forget = ({ tenant, source, lead_id }: SentLead, { erase }: Pick<ExaminePorts, 'erase'>) =>
  erase({ v: 1, erase: { tenant, source, lead_id } });

const labelOf = ({ source }: SentLead, { sources }: ExaminePorts) =>
  sources.find(({ id }) => id === source)?.label ?? source;

const timeOf = ({ now }: ExaminePorts) => new Date(now()).toISOString();
