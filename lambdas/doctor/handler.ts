import { logTo } from '../aws/log.ts';
import type { Finding, State } from '../core/finding.ts';
import { readEnv } from '../env.ts';
import { DoctorEnv } from './env.ts';
import { examine } from './examine.ts';
import { doctorPorts } from './ports/doctor-ports.ts';

const env = readEnv(DoctorEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const ports = doctorPorts(env);

/** Examines all of the stage, whatever the clock's message says. */
export async function handler(): Promise<void> {
  const started = Date.now();
  const findings = await examine(ports);
  for (const finding of findings.filter(({ state }) => state !== 'ok')) say(finding);
  const count = (state: State) => findings.filter((one) => one.state === state).length;
  const reason = `${findings.length} looked at, ${count('unknown')} not known`;
  log({ step: 'doctor', outcome: 'examined', reason, ms: Date.now() - started }, { DoctorFound: count('wrong') });
}

/** Only what it is about: the sentences, which may name people, are in the table. */
const say = ({ id, state, of }: Finding) =>
  log({ step: 'doctor', outcome: state, reason: id, tenant: of.tenant, source: of.source });
