import { type Finding, type Subject, unknown } from '../core/finding.ts';
import { type AlarmMailPorts, checkAlarmMails } from './check-alarm-mails.ts';
import { checkDeadLetters, type DeadLetterPorts } from './check-dead-letters.ts';
import { checkEmails, type EmailPorts } from './check-emails.ts';
import { checkGraphVersion } from './check-graph-version.ts';
import { checkQuiet, type QuietPorts } from './check-quiet.ts';
import { checkSecrets, type SecretPorts } from './check-secrets.ts';
import { checkSlack, type SlackPorts } from './check-slack.ts';
import { checkVendors, type VendorPorts } from './check-vendors.ts';

export interface DoctorPorts
  extends AlarmMailPorts, DeadLetterPorts, EmailPorts, QuietPorts, SecretPorts, SlackPorts, VendorPorts {
  sources: SecretPorts['sources'];
  /** The version of the Graph API: `v26.0`. */
  graphVersion: string;
  now: () => number;
}

/** What is found of the stage as a whole. It looks only, and mends nothing. */
export async function examineStage(ports: DoctorPorts): Promise<Finding[]> {
  const hasMeta = ports.sources.some(({ id }) => id === 'meta');
  const found = await Promise.all([
    orUnknown('dead-letters', {}, ports, () => checkDeadLetters(ports)),
    orUnknown('alarm-mails', {}, ports, () => checkAlarmMails(ports)),
  ]);
  return [...found.flat(), ...(hasMeta ? checkGraphVersion(ports.graphVersion, ports.now(), ports.flags) : [])];
}

/** What is found of a tenant: a check that fails says so, and holds no other up. */
export async function examineTenant(tenant: string, ports: DoctorPorts): Promise<Finding[]> {
  const of = { tenant };
  const found = await Promise.all([
    orUnknown('secrets', of, ports, () => checkSecrets(tenant, ports)),
    orUnknown('slack-alive', of, ports, () => checkSlack(tenant, ports)),
    orUnknown('emails', of, ports, () => checkEmails(tenant, ports)),
    orUnknown('token', of, ports, () => checkVendors(tenant, ports)),
    orUnknown('quiet', of, ports, () => checkQuiet(tenant, ports)),
  ]);
  return found.flat();
}

/** An error's message may quote what it was about, so that only its name is told. */
export async function orUnknown(
  id: string,
  of: Subject,
  { flags }: Pick<DoctorPorts, 'flags'>,
  check: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    const isDenied = /AccessDenied|Unauthorized/.test(name);
    return [
      unknown(id, of, {
        cause: `It could not be looked at (${name}).`,
        consequence: 'Whether all is well here is not known.',
        cure: isDenied
          ? 'Use credentials that may do it, or deploy the stage again.'
          : `Run it again: npm run doctor -- ${flags}`,
      }),
    ];
  }
}
