import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { project, runChild } from '../run-child.ts';
import { StartError } from '../start-error.ts';

const folder = join(project, 'dashboard');
const dist = join(folder, 'dist');
/** What the build was made of. */
const mark = join(dist, '.built');

/** What the build depends on: the dashboard itself, what it shares with its API, and the packages. */
const sources = [folder, join(project, 'lambdas/api/schemas'), join(project, 'package-lock.json')];

/** Builds the dashboard unless it is as its sources are, and returns the folder of its files. */
export async function buildDashboard(say: (sentence: string) => void, signal?: AbortSignal): Promise<string> {
  const wanted = hashOfSources();
  if (!existsSync(folder) || (existsSync(mark) && readFileSync(mark, 'utf8') === wanted)) return dist;
  say('Building the dashboard …');
  const vite = join(project, 'node_modules/vite/bin/vite.js');
  const env = { NODE_ENV: 'production' };
  const { code, said } = await runChild(process.execPath, [vite, 'build', folder, '--logLevel', 'warn'], env, signal);
  if (code !== 0) throw new StartError(`The dashboard could not be built: ${said.trim()}`);
  writeFileSync(mark, wanted);
  return dist;
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn)) hash.update(`${relative(project, file)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

/** A file itself, or all files in a folder in a fixed order; what was built or installed is left out. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (path.endsWith('.json')) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(dist) && !file.includes('node_modules'))
    .toSorted();
}
