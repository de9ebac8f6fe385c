import type { Account } from '../core/account.ts';
import type { Checkup } from '../core/checkup.ts';
import { type Finding, wrong } from '../core/finding.ts';
import type { SentLead } from '../core/report.ts';
import type { Source } from '../core/source.ts';
import { syntheticNumber } from '../core/synthetic.ts';

export interface SendPorts {
  /** The sources that are on. */
  sources: Source[];
  checkupOf: (source: string) => Checkup;
  accountsOf: (tenant: string, source: string) => Promise<Account[]>;
  signingKeyOf: (tenant: string, source: string) => Promise<string | undefined>;
  /** Where a source posts to. */
  webhookUrl: (source: string) => string;
  /** Posts as a vendor does, and returns the status; 0 where nothing answers. */
  post: (url: string, body: Buffer, headers: Record<string, string>) => Promise<number>;
  now: () => number;
  random: () => number;
  flagsOf: (tenant: string) => string;
}

/** Posts a made-up lead of each source that a tenant has set up, signed as its vendor signs; what was not taken is a finding. */
export async function sendLeads(tenant: string, ports: SendPorts): Promise<{ sent: SentLead[]; findings: Finding[] }> {
  const results = await Promise.all(ports.sources.map((source) => sendOne(tenant, source, ports)));
  return {
    sent: results.flatMap((one) => (one && 'lead_id' in one ? [one] : [])),
    findings: results.flatMap((one) => (one && 'state' in one ? [one] : [])),
  };
}

async function sendOne(tenant: string, source: Source, ports: SendPorts): Promise<SentLead | Finding | undefined> {
  const key = await ports.signingKeyOf(tenant, source.id);
  const [account] = source.account ? await ports.accountsOf(tenant, source.id) : [];
  // That something is not filled in is found by other checks.
  if (key === undefined || !source.keyForm.test(key) || (source.account && !account)) return undefined;
  const checkup = ports.checkupOf(source.id);
  const [now, url] = [ports.now(), ports.webhookUrl(source.id)];
  const number = syntheticNumber(now, ports.random());
  const { leadId, body } = checkup.lead({ number, account: account?.id ?? '', now });
  const status = await ports.post(url, body, checkup.headersOf(body, key, now, url));
  if (status === 200) return { tenant, source: source.id, lead_id: leadId, sentAt: now };
  return refused({ tenant, source, status, url }, ports);
}

function refused(
  { tenant, source, status, url }: { tenant: string; source: Source; status: number; url: string },
  { flagsOf }: SendPorts,
): Finding {
  const connect = `npm run connect -- ${source.id} ${flagsOf(tenant)}`;
  const cures: Record<number, string> = {
    0: 'Look whether the stage is deployed and its API is there (docs/runbook.md#webhooks-fail).',
    401: `${connect}: the stage verifies with another key, or knows itself by another address than ${url}.`,
    403: 'WAF blocks the doctor (docs/runbook.md#webhooks-are-blocked).',
    503: 'A signing key is missing or S3 does not answer (docs/runbook.md#signing-key-is-unusable, #store-is-unavailable).',
  };
  return wrong(
    'lead',
    { tenant, source: source.id },
    {
      cause:
        status === 0
          ? `Nothing answers at ${url}.`
          : `A lead signed as ${source.label} signs was answered with ${status}.`,
      consequence: `Leads of ${source.label} do not come in.`,
      cure: cures[status] ?? 'Look at the log of ingest (docs/runbook.md#webhooks-fail).',
    },
  );
}
