import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { CommandError } from '../command.ts';

/** A file of the web site as browsers get it. */
export interface WebFile {
  /** Its path in the web site, without a slash before it. */
  name: string;
  body: Buffer;
  type: string;
  cacheControl: string;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The files of a built web app. Throws a sentence where it is not built, or has a file that browsers would not take. */
export function webFiles(dist: string): WebFile[] {
  if (!existsSync(join(dist, 'index.html'))) throw new CommandError(`There is no index.html in ${relative('', dist)}.`);
  return readdirSync(dist, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .map((path) => webFile(relative(dist, path).split(sep).join('/'), readFileSync(path)));
}

/** A file under its name: what has a hash in its name never changes, everything else is asked for anew each time. */
export function webFile(name: string, body: Buffer): WebFile {
  const type = types[extname(name)];
  if (type === undefined) throw new CommandError(`The dashboard has a file of a kind that is not known: ${name}.`);
  return { name, body, type, cacheControl: name.startsWith('assets/') ? FOR_EVER : 'no-cache' };
}

const FOR_EVER = 'public, max-age=31536000, immutable';
