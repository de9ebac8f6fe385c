import { prepareFolder } from './folder.ts';
import { start, type Run } from './run.ts';
import { openStores, type Stores } from './cloud/stores.ts';
import { readSettings } from './settings.ts';
import { buildDashboard } from './site/build.ts';
import { StartError } from './start-error.ts';
import { synthesize } from './synth.ts';

// Lambda's clock is UTC, also for the functions here.
process.env['TZ'] = 'UTC';

const say = (sentence: string) => console.log(sentence);
const stopping = new AbortController();

try {
  const settings = readSettings(process.env);
  const stopped = untilStopped();
  prepareFolder(settings.dataDir);
  const stores = openStores(settings.dataDir);
  if (!settings.cdkOut) say('Synthesizing the stage local …');
  const [assembly, site] = await Promise.all([
    settings.cdkOut ?? synthesize(settings, stopping.signal),
    settings.dashboardDist ?? buildDashboard(say, stopping.signal),
  ]);
  say('Starting the services and functions …');
  const run = await start(assembly, site, settings, stores, say);
  say(`ready ${JSON.stringify({ url: run.url, aws: run.aws })}`);
  await stopped;
  await stop(run, stores);
} catch (error) {
  process.exitCode = stopping.signal.aborted ? 0 : 1;
  if (!stopping.signal.aborted) console.error(error instanceof StartError ? error.message : error);
}
process.exit();

async function stop(run: Run, stores: Stores) {
  say('Stopping …');
  await run.stop();
  stores.close();
  say('Stopped. The data is kept.');
}

/** Waits for a signal to stop. One that comes much later ends the process at once; the same one may come twice, as npm passes it on. */
function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  const hear = () => {
    first ??= Date.now();
    if (Date.now() - first > 1000) process.exit(1);
    stopping.abort();
    resolve();
  };
  // A parent that keeps a channel, as tests do, takes the run along when it ends.
  process.on('SIGINT', hear).on('SIGTERM', hear).on('disconnect', hear);
  return promise;
}
