import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { webFiles } from '../../../bin/deploy/web-files.ts';

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'lead-relay-dist-'));
});
afterEach(() => rmSync(dist, { recursive: true }));

function write(...names: string[]) {
  for (const name of names) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), `content of ${name}`);
  }
}

describe('the files of the built dashboard', () => {
  it('have the type that browsers want, and are kept for a year where their name has a hash', () => {
    write(
      'index.html',
      'favicon.svg',
      'assets/index-B1c2.js',
      'assets/index-B1c2.css',
      'assets/inter-D3e4.woff2',
      '.built',
    );
    const forEver = 'public, max-age=31536000, immutable';
    expect(webFiles(dist).map(({ name, type, cacheControl }) => [name, type, cacheControl])).toEqual([
      ['assets/index-B1c2.css', 'text/css; charset=utf-8', forEver],
      ['assets/index-B1c2.js', 'text/javascript; charset=utf-8', forEver],
      ['assets/inter-D3e4.woff2', 'font/woff2', forEver],
      ['favicon.svg', 'image/svg+xml', 'no-cache'],
      ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ]);
    expect(webFiles(dist)[4]?.body.toString()).toBe('content of index.html');
  });

  it('are refused where one is of a kind that browsers would not take', () => {
    write('index.html', 'assets/clip.mp4');
    expect(() => webFiles(dist)).toThrow('The dashboard has a file of a kind that is not known: assets/clip.mp4.');
  });

  it('are refused where the page is missing', () => {
    write('assets/index-B1c2.js');
    expect(() => webFiles(dist)).toThrow(/^There is no index\.html in .+\.$/);
  });
});
