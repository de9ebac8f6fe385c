import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi } from '../fixtures/api-world.ts';
import { serve } from '../fixtures/http-server.ts';

const name = 'north/slack-webhook-url';
const url = 'https://hooks.slack.com/services/T0/B0/secret-part';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());
const admin = () => world.as({ role: 'admin' });

describe('where alerts go in Slack', () => {
  it('is not set before anybody entered it, and is never read back', async () => {
    world.aws.secrets.set(name, '');
    expect((await admin().get('/api/settings/slack')).body.data).toEqual({ is_set: false, is_on: true });
    const { status, body } = await admin().put('/api/settings/slack', { url });
    expect({ status, body }).toEqual({ status: 200, body: { success: true, data: { is_set: true, is_on: true } } });
    expect(world.aws.secrets.get(name)).toBe(url);
    expect((await admin().get('/api/settings/slack')).body).toEqual(body);
    expect(JSON.stringify(world.lines)).not.toContain('secret-part');
  });

  it('keeps who changed it, and nothing of the address', async () => {
    const change = await world.table.row('north#SETTINGS', 'CHANGE#slack');
    expect(change).toMatchObject({ changedBy: { id: 'ana', name: 'Ana Diaz' } });
    expect(JSON.stringify(change)).not.toContain('hooks.slack.com');
  });

  it.each([
    ['another host', 'https://hooks.slack.com.example.org/services/T0/B0/x'],
    ['no TLS', 'http://hooks.slack.com/services/T0/B0/x'],
    ['a query', `${url}?x=1`],
    ['a workflow', 'https://hooks.slack.com/workflows/T0/B0/x'],
    ['no URL', 'sales'],
  ])('is no address with %s; what it looks like is said, and what was entered is not', async (_, entered) => {
    const { status, body } = await admin().put('/api/settings/slack', { url: entered });
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        success: false,
        code: 'bad_request',
        error: 'url: must look like https://hooks.slack.com/services/T…/B…/…',
      },
    });
  });

  it('has no place in a stage that was not deployed with the tenant', async () => {
    const { status, body } = await world.as({ role: 'admin', tenant: 'south' }).put('/api/settings/slack', { url });
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  });
});

describe('the test message', () => {
  /** What Slack answers, and what it was sent. */
  async function tried(status: number, answer: string, value = url) {
    const posts: { path: string | undefined; body: string }[] = [];
    const slack = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
      request.on('end', () => {
        posts.push({ path: request.url, body });
        response.writeHead(status).end(answer);
      });
    });
    world.aws.secrets.set(name, value);
    const api = world.told({ SLACK_URL: slack });
    const { body } = await api.as({ role: 'admin', name: 'Ana *Diaz*' }).post('/api/settings/slack/test', {});
    return { data: body.data, posts };
  }

  it('is posted as alerts are, and says from whom it is', async () => {
    const { data, posts } = await tried(200, 'ok');
    expect(data).toEqual({ ok: true, says: expect.stringContaining('in the channel') });
    expect(posts.map(({ path }) => path)).toEqual(['/services/T0/B0/secret-part']);
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({
      text: 'Lead Relay: test message from Ana *Diaz*',
      blocks: [{ type: 'header', block_id: 'test_message' }, { type: 'rich_text' }, { type: 'context' }],
    });
  });

  it.each([
    ['was revoked', 404, 'no_service', 'it was revoked'],
    ['is of a channel that is archived', 410, 'channel_is_archived', 'archived'],
    ['meets a Slack that is down', 503, '', 'does not answer just now'],
    ['meets a limit', 429, '', 'does not answer just now'],
    ['is taken by something else than Slack', 200, '<html>', 'does not answer just now'],
  ])('says what to do where the address %s', async (_, status, answer, says) => {
    const { data } = await tried(status, answer);
    expect(data).toEqual({ ok: false, says: expect.stringContaining(says) });
    expect(JSON.stringify(data)).not.toContain('secret-part');
  });

  it('says so where Slack can not be reached', async () => {
    world.aws.secrets.set(name, url);
    const { body } = await admin().post('/api/settings/slack/test', {});
    expect(body.data).toEqual({ ok: false, says: expect.stringContaining('does not answer just now') });
  });

  it.each(['', 'https://example.org/hook'])('is not posted where %p is entered', async (value) => {
    const { data, posts } = await tried(200, 'ok', value);
    expect(data).toEqual({ ok: false, says: expect.stringContaining('No webhook URL') });
    expect(posts).toEqual([]);
  });

  it('is not posted where Slack is off', async () => {
    const { as } = world.told({ USE_SLACK: false });
    const { body } = await as({ role: 'admin' }).post('/api/settings/slack/test', {});
    expect(body.data).toEqual({ ok: false, says: expect.stringContaining('channels.slack') });
  });
});

describe('the verify token of Meta', () => {
  const put = (body: object) => admin().put('/api/settings/verify-token', body);
  const kept = () => world.aws.secrets.get('north/meta-verify-token');

  it('is entered, and told once with the address that goes with it', async () => {
    world.aws.secrets.set('north/meta-verify-token', '');
    expect(await put({ value: 'harbour-2026' })).toMatchObject({
      status: 200,
      body: { data: { value: 'harbour-2026', callback_url: 'https://api.example.org/prod/webhooks/meta' } },
    });
    expect(kept()).toBe('harbour-2026');
    expect(await world.table.row('north#SETTINGS', 'CHANGE#verify-token')).toMatchObject({
      changedBy: { id: 'ana', name: 'Ana Diaz' },
    });
  });

  it('is made where none is entered, another one each time', async () => {
    const [one, two] = [(await put({})).body.data, (await put({})).body.data] as { value: string }[];
    expect(one?.value).toMatch(/^[0-9a-f]{32}$/);
    expect(two?.value).not.toBe(one?.value);
    expect(kept()).toBe(two?.value);
  });

  it('has at least 8 characters without spaces', async () => {
    for (const value of ['short', 'with a space in it', 'ümlaut-in-it'])
      expect(await put({ value })).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^value: /) } });
  });
});
