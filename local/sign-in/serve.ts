import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { errorPage, formHeaders, plainHeaders, signInPage } from './pages.ts';
import { oidcPath, type SignIn } from './sign-in.ts';

interface SignInPorts {
  signIn: SignIn;
  publicUrl: () => string;
  db: DatabaseSync;
}

/** The provider under `/local/oidc`, its sign-in page, and the way out that Cognito has. */
export function serveSignIn(app: FastifyInstance, { signIn, publicUrl, db }: SignInPorts) {
  let made: Promise<Provider> | undefined;
  // Loaded when it is first needed: it takes a moment, and most runs of a test never do.
  const provider = () => (made ??= load());
  async function load() {
    const { makeProvider } = await import('./provider.ts');
    const { client, members } = signIn;
    return makeProvider({
      issuer: signIn.issuer(),
      publicUrl: publicUrl(),
      client,
      members,
      keys: await signIn.keys(),
      db,
    });
  }

  app.get(`${oidcPath}/interaction/:uid`, async (request, reply) => {
    const asked = await details(await provider(), request, reply);
    if (!asked) return nothingAsked(reply);
    return reply.headers(formHeaders).type('text/html; charset=utf-8').send(signInPage(request.url, signIn.members));
  });
  app.post(`${oidcPath}/interaction/:uid`, async (request, reply) => {
    const asked = await details(await provider(), request, reply);
    if (!asked) return nothingAsked(reply);
    const email = new URLSearchParams((request.body as Buffer | undefined)?.toString()).get('user');
    const member = signIn.members.find((one) => one.email === email);
    if (!member) return reply.redirect(request.url, 303);
    const result = { login: { accountId: member.sub } };
    const next = await (
      await provider()
    ).interactionResult(request.raw, reply.raw, result, {
      mergeWithLastSubmission: false,
    });
    return reply.redirect(next, 303);
  });
  app.get<{ Querystring: { client_id?: string; logout_uri?: string } }>(`${oidcPath}/logout`, ({ query }, reply) => {
    const asked = new URLSearchParams({
      client_id: query.client_id ?? '',
      post_logout_redirect_uri: query.logout_uri ?? '',
    });
    return reply.redirect(`${oidcPath}/session/end?${asked.toString()}`, 302);
  });
  // In a scope of its own, since the provider reads bodies itself.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.all(`${oidcPath}/*`, async (request, reply) => {
      const handle = (await provider()).callback();
      reply.hijack();
      await handle(mounted(request), reply.raw);
    });
  });
}

const details = (provider: Provider, { raw }: FastifyRequest, reply: FastifyReply) =>
  provider.interactionDetails(raw, reply.raw).catch(() => undefined);

const nothingAsked = (reply: FastifyReply) =>
  reply
    .status(400)
    .headers(plainHeaders)
    .type('text/html; charset=utf-8')
    .send(errorPage('This page was opened too late, or in another browser.'));

/** The request as the provider expects it where it does not sit at the root. */
function mounted({ raw }: FastifyRequest) {
  const url = raw.url ?? '';
  return Object.assign(raw, { originalUrl: url, url: url.slice(oidcPath.length) });
}
