import { prepareFolder } from './folder.ts';
import { start, type Run } from './run.ts';
import { openStores, type Stores } from './cloud/stores.ts';
import { readSettings } from './settings.ts';
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
  const assembly = settings.cdkOut ?? (await synthesize(settings, stopping.signal));
  say('Starting the services and functions …');
  const run = await start(assembly, settings, stores, say);
  say(`ready ${JSON.stringify({ url: run.url, aws: run.aws })}`);
  await stopped;
  await stop(run, stores);
} catch (error) {
  process.exitCode = stopping.signal.aborted ? 0 : 1;
  if (!stopping.signal.aborted) console.error(error instanceof StartError ? error.message : error);
}
process.exit();

/** Ends the run; a second signal ends it at once. */
async function stop(run: Run, stores: Stores) {
  say('Stopping …');
  process.once('SIGINT', () => process.exit(1));
  await run.stop();
  stores.close();
  say('Stopped. The data is kept.');
}

function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
      resolve();
    });
  }
  return promise;
}
