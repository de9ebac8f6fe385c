import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signInAs, visit, type Visitor } from './browser.ts';
import { closeLead, postLead } from './close-lead.ts';
import { type LocalRun, startLocal } from './local-run.ts';

/** What a stranger may write into a form. */
const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const formula = '=HYPERLINK("https://evil.example","x")';

let run: LocalRun;
let browser: Browser;
let north: Visitor;
let page: Page;

beforeAll(async () => {
  [run, browser] = await Promise.all([startLocal(), openBrowser()]);
  north = await visit(browser, run.url);
  page = await signInAs(north, { role: 'manager', tenant: 'north' });
});

afterAll(async () => {
  await browser?.close();
  await run?.stop();
});

const named = (display_name: string, more: object = {}) => closeLead('dash', { data: { display_name, ...more } });
const rowOf = (of: Page, name: string) => of.getByRole('row').filter({ hasText: name });

describe('the list of leads', () => {
  it('shows a lead by itself, with a toast and a count in the title of the tab, and moves nothing that is read', async () => {
    await postLead(run, named('Ava Before'));
    await page.getByText('New lead received: Ava Before').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await rowOf(page, 'Ava Before').waitFor();
    // Somebody who reads further down has not seen yet what comes in at the top.
    await page.setViewportSize({ width: 1280, height: 360 });
    await page.mouse.move(600, 200);
    await page.mouse.wheel(0, 250);
    await page.waitForFunction(() => window.scrollY > 100);
    const topOf = async () => (await rowOf(page, 'Ava Before').boundingBox())?.y;
    const before = await topOf();
    await postLead(run, named('Zoë Live'));
    await page.getByText('New lead received: Zoë Live').waitFor({ timeout: 10_000 });
    expect(await page.title()).toBe('(1) Leads · Lead Relay');
    expect(await topOf()).toBeCloseTo(before ?? 0, 0);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForFunction(() => document.title === 'Leads · Lead Relay');
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect(page.locator('.pill').textContent()).resolves.toBe('Live');
  });

  it('says that the connection is cut, and shows what came meanwhile once it is back', async () => {
    await page.route('**/api/leads?**', (route) => route.abort());
    await page.locator('.pill[data-kind="retrying"], .pill[data-kind="stale"]').waitFor();
    await postLead(run, named('Yara Meanwhile'));
    await page.unroute('**/api/leads?**');
    await rowOf(page, 'Yara Meanwhile').waitFor({ timeout: 30_000 });
    await page.locator('.pill[data-kind="live"]').waitFor();
  });

  it('compares itself with what is stored when it is asked to, and says so in words', async () => {
    await page.route(/[?&]since=/, (route) => route.fulfill({ status: 503 }));
    await postLead(run, named('Milo Missed'));
    const said = page.locator('.sync-words');
    do {
      await page.getByRole('button', { name: 'Sync now' }).click();
      await said.getByText(/\.$/).waitFor();
    } while ((await said.textContent())?.startsWith('Everything is here'));
    expect(await said.textContent()).toContain('1 lead was missing and is shown now.');
    await rowOf(page, 'Milo Missed').waitFor();
    await page.unroute(/[?&]since=/);
  });

  it('is found by the beginning of a second name, and the address of the page says nothing of it', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('meanw');
    await rowOf(page, 'Yara Meanwhile').waitFor();
    expect(page.url()).not.toContain('meanw');
    await page.keyboard.press('Escape');
  });
});

describe('a lead', () => {
  it('that two people edit at once keeps what both typed', async () => {
    const other = await visit(browser, run.url);
    const theirs = await signInAs(other, { role: 'rep', tenant: 'north' });
    for (const one of [page, theirs]) {
      await one.getByRole('link', { name: 'Zoë Live' }).click();
      await one.getByLabel('Notes').waitFor();
    }
    await theirs.getByLabel('Notes').fill('Called, wants an offer');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await theirs.getByText('Saved.').waitFor();
    await page.getByLabel('Notes').fill('Has no time before Friday');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('saved this lead while you were editing it').waitFor();
    await page.getByRole('button', { name: 'Keep both notes' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    await page.getByLabel('Notes').waitFor();
    expect(await page.getByLabel('Notes').inputValue()).toBe('Called, wants an offer\n\nHas no time before Friday');
    expect(other.problems).toEqual([]);
    await other.context.close();
  });

  it('shows its way from the webhook on', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Zoë Live' }).click();
    await page.getByText('Nothing is written back to Close.').waitFor();
    for (const step of ['Close sent it', 'It was read and kept', 'Told by Slack', 'Told by e-mail'])
      await page.getByText(step).waitFor();
  });
});

describe('what a stranger wrote', () => {
  it('stays text on every page, and is no formula in an export', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    await postLead(run, named(script, { description: script, status_label: script }));
    await postLead(run, named(formula));
    await rowOf(page, 'onerror=').waitFor({ timeout: 10_000 });
    await rowOf(page, 'HYPERLINK').waitFor({ timeout: 10_000 });
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const rows: string[][] = parse(readFileSync(await saved.path(), 'utf8'), { bom: true });
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.flat()).toContain(`'${formula}`);
    await page.getByRole('link', { name: 'onerror=' }).click();
    await page.getByLabel('Notes').waitFor();
    expect(await page.locator('img[src="x"], main script').count()).toBe(0);
    expect(north.problems).toEqual([]);
  });
});

describe('another tenant', () => {
  it('sees nothing of it, neither in the list nor at the address of a lead', async () => {
    const south = await visit(browser, run.url);
    const theirs = await signInAs(south, { role: 'admin', tenant: 'south' });
    await page.goto('/');
    const link = page.getByRole('link', { name: 'Zoë Live' });
    await link.waitFor();
    const address = await link.getAttribute('href');
    expect(await theirs.getByText('Zoë Live').count()).toBe(0);
    await theirs.goto(address ?? '');
    await theirs.getByText(/no such lead/i).waitFor();
    expect(south.problems).toEqual([]);
    await south.context.close();
  });
});

describe('every page', () => {
  it.each(['/', '/stats', '/settings', '/setup'])('%s can be read by everybody, in light and dark', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    expect(north.problems).toEqual([]);
  });

  it('is left by signing out', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign in to see the leads of your team.').waitFor();
  });
});
