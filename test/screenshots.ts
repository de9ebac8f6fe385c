import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, signInAs, visit } from './e2e/browser.ts';
import { type LocalRun, startLocal } from './e2e/local-run.ts';

const project = join(import.meta.dirname, '..');
const images = join(project, 'docs/images');

/** What people did with the newest leads. */
const edits = [
  { status: 'new' },
  { status: 'contacted', notes: 'Wants an offer for twelve seats. Calls back on Friday after ten.' },
  { status: 'qualified' },
  { status: 'won' },
  { status: 'new' },
  { status: 'contacted' },
];

await using run = await startLocal();
await using browser = await openBrowser();
for (const [source, count] of [
  ['close', 5],
  ['hubspot', 5],
  ['meta', 8],
] as const)
  execFileSync(
    process.execPath,
    ['bin/send.ts', source, '--count', `${count}`, '--to', `${run.url}/webhooks/${source}`],
    {
      cwd: project,
    },
  );
await work(run);

const page = await signInAs(await visit(browser, run.url), { role: 'admin', tenant: 'north' });
await picture(page, '/', 'leads');
await picture(page, '/', 'leads-dark', { scheme: 'dark' });
await picture(page, '/', 'leads-phone', { width: 390, height: 780 });
await page.goto('/');
await page.locator('[data-lead-link]').nth(1).click();
await page.getByLabel('Notes').waitFor();
await picture(page, new URL(page.url()).pathname, 'lead', { height: 1000 });
await picture(page, '/stats', 'stats', { height: 1200 });
await picture(page, '/completeness', 'completeness');
await picture(page, '/settings', 'settings');
await picture(page, '/setup', 'setup');

async function picture(of: Page, path: string, name: string, { width = 1280, height = 800, scheme = 'light' } = {}) {
  await of.setViewportSize({ width, height });
  await of.emulateMedia({ colorScheme: scheme as 'light' | 'dark', reducedMotion: 'reduce' });
  await of.goto(path);
  await of.getByRole('heading', { level: 1 }).waitFor();
  await of.locator('.pill[data-kind="live"]').waitFor();
  const file = join(images, `${name}.png`);
  await of.screenshot({ path: file });
  console.log(file);
}

/** A morning's work of a sales person, through the API. */
async function work({ url, settings }: LocalRun) {
  const body = JSON.stringify({ user: settings.tenants[0]?.users[1] });
  const { token } = (await (await fetch(`${url}/local/token`, { method: 'POST', body })).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const list = (await (await fetch(`${url}/api/leads`, { headers })).json()) as { data: { id: string }[] };
  for (const [index, edit] of edits.entries()) {
    const lead = `${url}/api/leads/${list.data[index]?.id}`;
    if (edit.status === 'new') continue;
    const touch = { method: 'POST', headers, body: JSON.stringify({ kind: 'called' }) };
    const { data } = (await (await fetch(`${lead}/touches`, touch)).json()) as { data: { version: number } };
    const change = { ...edit, version: data.version };
    const answer = await fetch(lead, { method: 'PATCH', headers, body: JSON.stringify(change) });
    if (!answer.ok) throw new Error(`${lead} answered ${answer.status}: ${await answer.text()}`);
  }
}
