import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
await compare(run);

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

/** What a person may do through the API of the dashboard. */
async function callerOf({ url, settings }: LocalRun) {
  const body = JSON.stringify({ user: settings.tenants[0]?.users[1] });
  const { token } = (await (await fetch(`${url}/local/token`, { method: 'POST', body })).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async <T>(method: string, path: string, asked?: object): Promise<T> => {
    const answer = await fetch(`${url}/api${path}`, { method, headers, body: asked ? JSON.stringify(asked) : null });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { data: T }).data;
  };
}

/** A morning's work of a sales person, through the API. */
async function work(of: LocalRun) {
  const call = await callerOf(of);
  const leads = await call<{ id: string }[]>('GET', '/leads');
  for (const [index, edit] of edits.entries()) {
    const lead = `/leads/${leads[index]?.id}`;
    if (edit.status === 'new') continue;
    const { version } = await call<{ version: number }>('POST', `${lead}/touches`, { kind: 'called' });
    await call('PATCH', lead, { ...edit, version });
  }
}

/** A comparison with the stand-ins for the vendors, to its end. */
async function compare(of: LocalRun) {
  const call = await callerOf(of);
  let job = await call<{ id: string; state: string }>('POST', '/sync');
  while (job.state === 'waiting' || job.state === 'running') {
    await wait(500);
    job = await call('GET', `/sync/${job.id}`);
  }
}
