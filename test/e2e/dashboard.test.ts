import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signInAs, unreadable, visit, type Visitor } from './browser.ts';
import { closeLead, postLead } from './close-lead.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, type MetaLead, metaLead, pageOf, postDelivery } from './meta-lead.ts';

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

/** What happened to a lead whose id is known only then. */
const TRACE = '/leads/…/trace';
let tracePage: string;

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
    await page.waitForFunction('window.scrollY > 100');
    const topOf = async () => (await rowOf(page, 'Ava Before').boundingBox())?.y;
    const before = await topOf();
    await postLead(run, named('Zoë Live'));
    await page.getByText('New lead received: Zoë Live').waitFor({ timeout: 10_000 });
    expect(await page.title()).toBe('(1) Leads · Lead Relay');
    expect(await topOf()).toBeCloseTo(before ?? 0, 0);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForFunction('document.title === "Leads · Lead Relay"');
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
    await page.route(/[?&]since=/, (route) => route.abort());
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

  it('fetches what no webhook brought, and says how many the vendors count', async () => {
    const lead = metaLead(pageOf(run, 'north'));
    await atGraph(run, lead);
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.locator('.sync-words').getByText('1 delivery had not come in and has been fetched.').waitFor();
    await page.locator(`[data-lead="${lead.id}"]`).waitFor();
    await page.getByRole('link', { name: /^Received 1 = Meta 1 \+ HubSpot 0, verified to \d\d:\d\d$/ }).click();
    const row = page.getByRole('row').filter({ hasText: 'North page' });
    await row.waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      '1',
      '1',
      'None',
      expect.stringMatching(/^\d\d:\d\d$/),
      expect.stringMatching(/^1 delivery, last /),
      expect.any(String),
    ]);
    expect(await page.getByLabel('Command', { exact: true }).inputValue()).toBe(
      'npm run connect -- close --api-key-stdin --local --tenant north',
    );
    await page.goto('/');
    await rowOf(page, 'Yara Meanwhile').waitFor();
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

describe('what happened to a lead', () => {
  it('is where its alert links to, and stands there step by step', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Zoë Live' }).click();
    await page.getByRole('link', { name: 'What happened, step by step' }).click();
    await page.getByRole('heading', { name: 'What happened', level: 1 }).waitFor();
    const id = /leads\/(\w+)\/trace$/.exec(page.url())?.[1] ?? '';
    const link = `What happened (${run.url}/leads/${id}/trace)`;
    expect(
      (await run.inbox())
        .filter(({ text }) => text.includes(link))
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(['email', 'slack']);
    for (const step of [
      'Received',
      'Verified and stored',
      'Asked the lookup bucket',
      'Told by Slack',
      'People were told.',
    ])
      await page.getByText(step, { exact: true }).waitFor();
    tracePage = `/leads/${id}/trace`;
  });
});

describe('a lead added by hand', () => {
  it('is in the list at once, and one click counts as its first touch', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Add lead' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Hana Byhand');
    await dialog.getByLabel('Phone').fill('+49 30 23125000');
    await dialog.getByRole('button', { name: 'Add lead' }).click();
    await page.goto('/');
    const row = rowOf(page, 'Hana Byhand');
    await row.getByText('untouched').waitFor();
    await row.getByRole('button', { name: 'Called: Hana Byhand' }).click();
    await row.getByText(/^touched/).waitFor();
    await page.getByRole('link', { name: 'Hana Byhand', exact: true }).click();
    await page.getByText('Malik Brandt').first().waitFor();
  });
});

describe('an admin', () => {
  it('tests Slack from the settings, and is told what is wrong', async () => {
    const admin = await visit(browser, run.url, '/settings/slack');
    const settings = await signInAs(admin, { role: 'admin', tenant: 'north' }, 'Settings: Slack');
    const test = settings.getByRole('button', { name: 'Send a test message' });
    await test.click();
    await settings.getByText('Slack took the message').waitFor();
    await run.fault('slack', { status: 404, body: 'no_service', times: 1 });
    await test.click();
    await settings.getByText('Slack refuses the webhook URL: it was revoked').waitFor();
    const told = await run.inbox();
    expect(told.filter(({ text }) => text.includes('Ada Nordholt'))).toHaveLength(1);
    expect(admin.problems).toEqual([]);
    await admin.context.close();
  });
});

/** A lead of Meta with the same text in every field that a form, an ad or a page can fill. */
function hostile(text: string): MetaLead {
  const fields = ['FULL_NAME', 'company_name', 'job_title', 'utm_source', text].map((name) => ({
    name,
    values: [text],
  }));
  const contact = [
    { name: 'email', values: [`${text}@example.org`] },
    { name: 'phone_number', values: [text] },
  ];
  const lead = metaLead(pageOf(run, 'north'));
  const names = { ad_name: text, adset_name: text, campaign_name: text, platform: text };
  return { ...lead, record: { ...lead.record, ...names, field_data: [...fields, ...contact] } };
}

describe('what a stranger wrote', () => {
  it('stays text in every field on every page, and is no formula in an export', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
    const leads = [hostile(script), hostile(formula)];
    for (const lead of leads) await atGraph(run, lead);
    await postDelivery(run, deliveryOf(leads));
    await postLead(run, named(`Close ${script}`, { description: script, status_label: script }));
    await postLead(run, named(formula, { description: formula, status_label: formula }));
    for (const { id } of leads) await page.locator(`[data-lead="${id}"]`).waitFor({ timeout: 15_000 });
    await rowOf(page, 'Close <img').waitFor({ timeout: 10_000 });
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const rows: string[][] = parse(readFileSync(await saved.path(), 'utf8'), { bom: true });
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.flat()).toContain(`'${formula}`);
    for (const path of [
      ...leads.flatMap(({ id }) => [`/leads/${id}`, `/leads/${id}/trace`]),
      '/stats',
      '/completeness',
      '/settings',
      '/',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('img[src="x"], main script').count()).toBe(0);
    }
    await page.goto(`/leads/${leads[0]?.id}`);
    await page.getByLabel('Notes').waitFor();
    expect(await page.getByText(script).count()).toBeGreaterThan(5);
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
  it.each(['/', '/stats', '/completeness', '/settings', '/setup', TRACE])(
    '%s can be read by everybody, in light and dark',
    async (path) => {
      await page.goto(path === TRACE ? tracePage : path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
      expect(await unreadable(page)).toEqual([]);
      expect(north.problems).toEqual([]);
    },
  );

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of [
      '/',
      '/stats',
      '/completeness',
      '/settings',
      '/settings/users',
      '/settings/health',
      '/setup',
      tracePage,
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
  });

  it('is left by signing out', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign in to see the leads of your team.').waitFor();
  });
});

it('writes nothing of a lead to any log', () => {
  const written = run.functionLog() + run.logs();
  expect(written).toContain('"route":"POST /api/leads/search"');
  expect(written).not.toMatch(/Zoë Live|Hana|23125000|onerror|HYPERLINK|wants an offer|meanw/i);
});
