import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { project } from '../../local/run-child.ts';
import { buildDashboard } from '../../local/site/build.ts';

/** A project with a dashboard of one page. */
function smallProject() {
  const root = mkdtempSync(join(tmpdir(), 'lead-relay-project-'));
  mkdirSync(join(root, 'dashboard'));
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'dashboard', 'index.html'), '<!doctype html><title>One</title>');
  return root;
}

it('builds what is not built or not as its sources are, and says so', async () => {
  const root = smallProject();
  const said: string[] = [];
  const build = () => buildDashboard((sentence) => said.push(sentence), undefined, root);
  const dist = await build();
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).toContain('One');
  await build();
  expect(said).toEqual(['Building the dashboard …']);
  writeFileSync(join(root, 'dashboard', 'index.html'), '<!doctype html><title>Two</title>');
  await build();
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).toContain('Two');
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}');
  await build();
  expect(said).toHaveLength(3);
});

it('says why it could not be built, and tries again the next time', async () => {
  const root = smallProject();
  writeFileSync(join(root, 'dashboard', 'index.html'), '<script type="module" src="./gone.js"></script>');
  const build = buildDashboard(() => {}, undefined, root);
  await expect(build).rejects.toThrow(/^The dashboard could not be built: [^]*gone\.js/);
  expect(existsSync(join(root, 'dashboard', 'dist', '.built'))).toBe(false);
});

it('has nothing to build where there is no dashboard', async () => {
  const root = mkdtempSync(join(tmpdir(), 'lead-relay-bare-'));
  expect(await buildDashboard(() => {}, undefined, root)).toBe(join(root, 'dashboard', 'dist'));
});
