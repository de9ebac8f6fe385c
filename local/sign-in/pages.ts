import type { Member } from './development-users.ts';

/** Headers of a page that has forms, and of one that has none. */
const headers = (formAction: string) => ({
  'content-security-policy': `default-src 'none'; style-src 'self'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});
export const formHeaders = headers("'self'");
export const plainHeaders = headers("'none'");

/** The users to choose from, by tenant. Each is a form of its own, so that nothing runs in the browser. */
export function signInPage(action: string, members: Member[]): string {
  const tenants = [...new Set(members.map(({ tenant }) => tenant))];
  const sections = tenants.map(
    (tenant) =>
      `<section><h2>${safe(tenant)}</h2>${members
        .filter((member) => member.tenant === tenant)
        .map((member) => button(action, member))
        .join('')}</section>`,
  );
  return page(
    'Sign in',
    `<p>These are the development users of this machine. There is no password.</p>${sections.join('')}`,
  );
}

const button = (action: string, { email, name, role, tenant }: Member) =>
  `<form method="post" action="${safe(action)}"><input type="hidden" name="user" value="${safe(email)}" />` +
  `<button type="submit">Sign in as ${safe(name.split(' ')[0] ?? name)} (${safe(role)} of ${safe(tenant)})</button>` +
  `<small>${safe(name)}, ${safe(email)}</small></form>`;

export const signedOutPage = () => page('Signed out', '<p>You are signed out. <a href="/">Sign in again</a></p>');

/** What went wrong, in the provider's own words. */
export const errorPage = (reason: string) =>
  page('That did not work', `<p>${safe(reason)}</p><p><a href="/">Back to the dashboard</a></p>`);

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Lead Relay</title>
    <link rel="stylesheet" href="/local/page.css" />
  </head>
  <body class="sign-in">
    <header><h1>Lead Relay</h1><p>on this machine</p></header>
    <main><section><h2>${title}</h2>${content}</section></main>
  </body>
</html>
`;

const safe = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
