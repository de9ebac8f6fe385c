import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the web site as S3 would keep it after a deployment. */
export interface SiteFile {
  body: Buffer;
  type: string;
  cacheControl: string;
  etag: string;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The name of a built file: nothing hidden, nothing that leads up or elsewhere. */
const isName = (part: string) => /^[\w@~][\w@~.+ -]*$/.test(part);

/** Reads the file behind a path; nothing where the site has none of that name. */
export async function readSiteFile(folder: string, path: string): Promise<SiteFile | undefined> {
  const parts = decoded(path)?.split('/').slice(1);
  if (!parts?.every(isName)) return undefined;
  // A link could lead out of the folder.
  for (const [index] of parts.entries()) {
    const found = await lstat(join(folder, ...parts.slice(0, index + 1))).catch(() => undefined);
    const isLast = index === parts.length - 1;
    if (!found || (isLast ? !found.isFile() : !found.isDirectory())) return undefined;
  }
  return siteFile(parts.join('/'), await readFile(join(folder, ...parts)));
}

/** A file of a name with its content. */
export const siteFile = (name: string, body: Buffer): SiteFile => ({
  body,
  type: types[extname(name)] ?? 'application/octet-stream',
  // What has a hash in its name never changes.
  cacheControl: name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  etag: `"${createHash('md5').update(body).digest('hex')}"`,
});

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
