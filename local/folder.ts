import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** The file that marks a folder as the data of a local run, so that a reset deletes nothing else. */
const marker = '.lead-relay-local';

/** Makes the folder of a run. Throws a sentence where it can't be written. */
export function prepareFolder(dataDir: string) {
  try {
    makeFolder(resolve(dataDir));
    accessSync(dataDir, constants.W_OK);
    writeFileSync(
      join(dataDir, marker),
      'The data of a local run of Lead Relay. `npm run reset` deletes this folder.\n',
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(`The folder ${dataDir} can't be written (${code}); set DATA_DIR to another one.`, {
      cause: error,
    });
  }
}

/** Level by level: Node's own recursion never ends where a file system takes no folders, such as /proc. */
function makeFolder(path: string) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Whether a folder is the data of a local run. */
export const isOurs = (dataDir: string) => existsSync(join(dataDir, marker));
