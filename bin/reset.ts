import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { isOurs } from '../local/folder.ts';

/** `npm run reset`: deletes the data of the local run, and nothing that is not its data. */
const dataDir = resolve(process.env['DATA_DIR'] || '.local');
if (!existsSync(dataDir)) {
  console.log(`There is nothing to reset: ${dataDir} does not exist.`);
} else if (isOurs(dataDir)) {
  rmSync(dataDir, { recursive: true });
  console.log(`Deleted the data of the local run in ${dataDir}.`);
} else {
  console.error(`${dataDir} does not look like the data of a local run, so it is left as it is.`);
  process.exitCode = 1;
}
