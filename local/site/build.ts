import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { project, runChild } from '../run-child.ts';
import { StartError } from '../start-error.ts';

/** What the build depends on: the dashboard itself, what it shares with the functions, and the packages. */
const sources = ['dashboard', 'lambdas/api/schemas', 'lambdas/core', 'package-lock.json'];

/** Builds the dashboard unless it is as its sources are, and returns the folder of its files, which is empty where there is no dashboard. */
export async function buildDashboard(
  say: (sentence: string) => void,
  signal?: AbortSignal,
  root = project,
): Promise<string> {
  const folder = join(root, 'dashboard');
  const dist = join(folder, 'dist');
  /** What the last build was made of. */
  const mark = join(dist, '.built');
  if (!existsSync(folder)) return dist;
  const wanted = hashOfSources(root, dist);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return dist;
  say('Building the dashboard …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', folder, '--logLevel', 'warn', '--emptyOutDir'];
  const { code, said } = await runChild(process.execPath, args, { NODE_ENV: 'production' }, signal);
  if (code !== 0) throw new StartError(`The dashboard could not be built: ${said.trim()}`);
  writeFileSync(mark, wanted);
  return dist;
}

function hashOfSources(root: string, dist: string): string {
  const hash = createHash('sha256');
  const files = sources.flatMap((source) => filesIn(join(root, source))).filter((file) => !file.startsWith(dist + sep));
  for (const file of files)
    hash
      .update(`${relative(root, file)}\n`)
      .update(readFileSync(file))
      .update('\n');
  return hash.digest('hex');
}

/** All files in a folder in a fixed order, or a file itself; nothing where there is none. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (path.endsWith('.json')) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
