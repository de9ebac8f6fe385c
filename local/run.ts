import { Alarms } from './alarms/alarms.ts';
import { Metrics } from './alarms/metrics.ts';
import { giveAddress } from './console/give-address.ts';
import { giveAccounts } from './console/give-accounts.ts';
import { giveUsers } from './console/give-users.ts';
import { Inbox } from './console/inbox.ts';
import { fillSecrets, seedsOf, tenantsOf } from './console/seeds.ts';
import { Crashes } from './crashes.ts';
import { Faults } from './faults.ts';
import { FunctionLog } from './functions/function-log.ts';
import { Functions } from './functions/functions.ts';
import { startRules } from './cloud/rules.ts';
import { startServices } from './cloud/start-services.ts';
import type { Stores } from './cloud/stores.ts';
import type { Settings } from './settings.ts';
import { readAssembly } from './template/assembly.ts';
import { serveWeb } from './web.ts';

/** A local run that is ready. */
export interface Run {
  url: string;
  aws: string;
  stop(): Promise<void>;
}

/** How long what is under way may take when the run stops. */
const patienceMs = 5_000;

/** Loads a cloud assembly and the built web site: services with its resources, then the functions, then what feeds them. */
export async function start(
  assembly: string,
  site: string,
  settings: Settings,
  stores: Stores,
  say: (sentence: string) => void,
): Promise<Run> {
  const { dataDir, port, awsPort } = settings;
  const [inbox, faults, crashes, metrics, functions] = [
    new Inbox(dataDir),
    new Faults(),
    new Crashes(),
    new Metrics(),
    new Functions(),
  ];
  const denied = once(say);
  const services = await startServices({
    stacks: readAssembly(assembly),
    dataDir,
    port: awsPort,
    stores,
    inbox,
    faults,
    crashes,
    allowedFor: (name) => functions.allowedFor(name),
    denied: (name, { action, resource }) => denied(`${name} may not ${action} on ${resource}: AccessDenied.`),
    kill: (environment) => functions.kill(environment),
  });
  const { aws, template, secrets } = services;
  const seeds = seedsOf(dataDir, tenantsOf(secrets.names));
  fillSecrets(secrets, seeds);
  await giveAccounts(dataDir, seeds, services, say);
  await giveUsers(dataDir, seeds, services, say);

  const alarms = new Alarms(template, stores, metrics, inbox);
  const web = await serveWeb(
    { ...services, dataDir, site, stores, seeds, inbox, faults, crashes, metrics, alarms, functions },
    port,
  );
  await giveAddress(web.url, services, say);
  functions.start(template, { url: web.url, aws }, metrics, new FunctionLog(dataDir, metrics), say);
  functions.poll(template, stores, say);
  const rules = startRules(template, functions, stores, say);
  alarms.watch(rules);
  web.open();

  return {
    url: web.url,
    aws,
    async stop() {
      rules.close();
      alarms.close();
      await web.close();
      await functions.close(patienceMs);
      await services.close();
    },
  };
}

/** Says each sentence only once. */
function once(say: (sentence: string) => void) {
  const said = new Set<string>();
  return (sentence: string) => {
    if (!said.has(sentence)) say(sentence);
    said.add(sentence);
  };
}
