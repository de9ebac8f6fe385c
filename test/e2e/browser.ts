import { AxeBuilder } from '@axe-core/playwright';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Left out: with these the browser would let through what a real one refuses. */
const lax = ['--disable-web-security', '--allow-running-insecure-content', '--single-process'];

/** A headless Chromium from npm. It can't be opened with its safeguards off: content security and origins count as anywhere. */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((arg) => !lax.includes(arg)),
    headless: true,
  });
}

/** Somebody at the dashboard: a window of their own, and what went wrong in it. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What the page was refused by its policy, errors that nobody caught, and answers of the API that a cache may keep. */
  problems: string[];
}

/** A window that nobody has signed in to yet. */
export async function visit(browser: Browser, url: string, path = '/'): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|violat/i.test(message.text())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const isKept = pathname.startsWith('/api/') && response.headers()['cache-control'] !== 'no-store';
    if (isKept) problems.push(`${pathname} may be kept in a cache`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(path);
  return { page, context, problems };
}

/** Signs a development user in, as a person does: by a button, and by their name on the next page; they come back to where they wanted to. */
export async function signInAs(visitor: Visitor, user: { role: string; tenant: string }, to = 'Leads'): Promise<Page> {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `(${user.role} of ${user.tenant})` }).click();
  await page.getByRole('heading', { name: to, level: 1 }).waitFor();
  return page;
}

/** What keeps somebody from reading the page, in light and dark: rules of WCAG 2.2 AA with the first element that breaks each. */
export async function unreadable(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    found.push(...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`));
  }
  return found;
}
