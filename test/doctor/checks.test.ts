import { describe, expect, it } from '@jest/globals';
import { Gone, Later, Refused, TokenRefused } from '../../lambdas/core/failures.ts';
import { examineStage, examineTenant } from '../../lambdas/doctor/doctor.ts';
import { doctorWorld, illOf, ills, start } from '../fixtures/doctor-world.ts';

type World = ReturnType<typeof doctorWorld>['world'];
const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;

async function found(spoil: (world: World) => void) {
  const { world, ports } = doctorWorld();
  spoil(world);
  return [...(await examineStage(ports)), ...(await examineTenant('acme', ports))];
}

it('finds nothing where all is as it must be, and says of each thing that it is', async () => {
  const findings = await found(() => {});
  expect(ills(findings)).toEqual([]);
  expect([...new Set(findings.map(({ id }) => id))].sort()).toEqual([
    'alarm-mails',
    'close-api-key',
    'dead-letters',
    'emails',
    'graph-version',
    'signing-key',
    'slack-alive',
    'slack-url',
    'token',
    'verify-token',
  ]);
  for (const { consequence, cure } of findings) expect([consequence, cure]).toEqual([null, null]);
});

describe('secrets', () => {
  it.each([
    ['close', undefined, 'is not filled in', 'npm run connect -- close --stage prod --tenant acme'],
    ['close', 'changeme', 'does not look like one', 'npm run connect -- close --stage prod --tenant acme'],
    ['meta', undefined, 'is not filled in', 'npm run connect -- meta --stage prod --tenant acme --app-secret-stdin'],
    ['hubspot', 'short', 'does not look like one', 'npm run connect -- hubspot --stage prod --tenant acme'],
  ])('a signing key of %s that is %p', async (source, value, words, command) => {
    const findings = await found((world) => (world.keys[source] = value));
    expect(ills(findings)).toEqual([`signing-key wrong ${source}`]);
    const { cause, consequence, cure } = illOf(findings, 'signing-key');
    expect(cause).toContain(words);
    expect(consequence).toContain('503');
    expect(cure).toContain(command);
  });

  it('a source with pages that nobody connected is said to be so, and no more', async () => {
    const findings = await found((world) => {
      Object.assign(world.keys, { meta: undefined });
      Object.assign(world, {
        verifyToken: undefined,
        accounts: world.accounts.filter(({ source }) => source !== 'meta'),
      });
    });
    expect(ills(findings)).toEqual(['account unknown meta']);
    expect(illOf(findings, 'account').cause).toBe('The tenant has no page of Meta yet.');
  });

  it('a verify token of Meta that is missing', async () => {
    const { cure } = illOf(await found((world) => (world.verifyToken = undefined)), 'verify-token');
    expect(cure).toBe('npm run connect -- meta --stage prod --tenant acme');
  });

  it('says of an API key of Close that is missing what is not known then, and looks at nothing there', async () => {
    const findings = await found((world) => {
      world.closeApiKey = undefined;
      world.seen['close'] = new Error('must not be asked');
    });
    expect(ills(findings)).toEqual(['close-api-key unknown close']);
    expect(illOf(findings, 'close-api-key').cure).toContain('--api-key-stdin');
  });

  it.each([undefined, 'https://hooks.slack.example/services/T1/B1/x'])('a Slack URL that is %p', async (url) => {
    const findings = await found((world) => (world.slackUrl = url));
    expect(ills(findings)).toEqual(['slack-url wrong']);
    expect(illOf(findings, 'slack-url').cure).toContain('Settings, Slack');
  });
});

describe('Slack', () => {
  it.each([
    [403, 'invalid_token', 'wrong'],
    [404, 'no_service', 'wrong'],
    [410, 'channel_is_archived', 'wrong'],
    [400, 'user_not_found', 'wrong'],
    [200, 'ok', 'wrong'],
    [429, '', 'unknown'],
    [503, 'rollup_error', 'unknown'],
  ])('that answers an empty message with %i %s is %3$s', async (status, text, state) => {
    const findings = await found((world) => (world.slackSays = { status, text }));
    expect(ills(findings)).toEqual([`slack-alive ${state}`]);
    if (state === 'wrong') expect(illOf(findings, 'slack-alive').cure).toContain('Incoming Webhooks');
  });

  it.each(['no_text', 'invalid_payload', 'missing_text_or_fallback_or_attachments\n'])(
    'that answers %p knows the URL',
    async (text) => {
      expect(ills(await found((world) => (world.slackSays = { status: 400, text })))).toEqual([]);
    },
  );
});

describe('e-mail', () => {
  const row = { address: 'ana@acme.example', arn: 'arn:2', changedAt: '2026-11-01T00:00:00.000Z' };

  it.each<[string, (world: World) => void, string, string]>([
    [
      'an address of the settings that has not confirmed',
      (world) => Object.assign(world.subscriptions[0] ?? {}, { isPending: true }),
      'sales@acme.example has not confirmed',
      'npm run deploy',
    ],
    [
      'an address of the settings that left',
      (world) => (world.subscriptions = []),
      'sales@acme.example is no subscriber (any more)',
      'Confirm subscription',
    ],
    [
      'an entered address that left',
      (world) => (world.emailRows = [row]),
      'ana@acme.example is no subscriber (any more)',
      'enter it again',
    ],
    [
      'nobody at all',
      (world) => Object.assign(world, { subscriptions: [], fixedEmails: [] }),
      'no address gets them',
      'channels.email',
    ],
  ])('%s', async (_, spoil, cause, cure) => {
    const finding = illOf(await found(spoil), 'emails');
    expect(finding.cause).toContain(cause);
    expect(finding.cure).toContain(cure);
  });

  it('an address that was entered a moment ago has time', async () => {
    const findings = await found((world) => {
      world.emailRows = [{ ...row, changedAt: new Date(start - 60_000).toISOString() }];
    });
    expect(ills(findings)).toEqual([]);
  });
});

describe('vendors', () => {
  it.each<[string, Error, string, string]>([
    ['refuse a token', new TokenRefused('Graph API: code 190'), 'token wrong meta', 'npm run pages -- token 111'],
    ['know no such page', new Gone('Graph API: code 100'), 'token wrong meta', 'npm run pages -- token 111'],
    ['do not let a token read', new Refused('Graph API: code 200'), 'scopes wrong meta', 'npm run pages -- token 111'],
    ['do not answer', new Later('Graph API: 503'), 'token unknown meta', 'npm run doctor'],
  ])('that %s', async (_, error, ill, cure) => {
    const findings = await found((world) => (world.seen['meta'] = error));
    expect(ills(findings)).toEqual([ill]);
    expect(illOf(findings, ill.split(' ')[0] ?? '').cure).toContain(cure);
    expect(illOf(findings, ill.split(' ')[0] ?? '').of).toEqual({ tenant: 'acme', source: 'meta', account: '111' });
  });

  it('that do not post to us', async () => {
    const seen = {
      about: 'webhook',
      state: 'wrong',
      cause: 'It is paused.',
      cure: 'npm run connect -- close',
    } as const;
    const findings = await found((world) => (world.seen['close'] = [seen]));
    expect(illOf(findings, 'webhook')).toMatchObject({
      cause: 'It is paused.',
      consequence: 'New leads do not come in by themselves.',
      cure: 'npm run connect -- close',
      of: { tenant: 'acme', source: 'close' },
    });
  });

  it('a page without a token, and a source without a portal', async () => {
    const findings = await found((world) => {
      world.tokens['111'] = undefined;
      world.accounts = world.accounts.filter(({ source }) => source === 'meta');
    });
    expect(ills(findings)).toEqual(['token wrong meta', 'account unknown hubspot']);
    expect(illOf(findings, 'token').cure).toBe('npm run pages -- token 111 --stage prod --tenant acme');
    expect(illOf(findings, 'account').cure).toContain('npm run portals -- add PORTAL_ID');
  });

  it('what nobody foresaw is said by its name only, and holds nothing up', async () => {
    const findings = await found((world) => (world.seen['meta'] = new RangeError('quotes a secret')));
    expect(ills(findings)).toEqual(['token unknown']);
    expect(illOf(findings, 'token').cause).toBe('It could not be looked at (RangeError).');
    expect(findings.some(({ id }) => id === 'emails')).toBe(true);
  });
});

describe('mails of alarms', () => {
  it('that nobody confirmed', async () => {
    const pending = { address: 'ops@acme.example', arn: undefined, isPending: true, policy: undefined };
    const { state, cause, cure } = illOf(await found((world) => (world.alarmSubscriptions = [pending])), 'alarm-mails');
    expect([state, cause]).toEqual(['wrong', 'ops@acme.example has not confirmed that it wants to hear of alarms.']);
    expect(cure).toContain('Confirm subscription');
  });

  it('that nobody gets may be heard of elsewhere', async () => {
    const finding = illOf(await found((world) => (world.alarmSubscriptions = [])), 'alarm-mails');
    expect([finding.state, finding.cure]).toEqual([
      'unknown',
      'Set alarmEmail in cdk.json, then npm run deploy -- -c stage=prod.',
    ]);
  });
});

it('dead letters are counted by queue', async () => {
  const findings = await found((world) => (world.parked['owner'] = 3));
  expect(illOf(findings, 'dead-letters')).toMatchObject({
    cause: '3 messages of owner were given up.',
    cure: expect.stringContaining('docs/runbook.md#owner-dead-letters'),
  });
});

it.each([
  ['v26.0', '2026-12-01', undefined],
  ['v21.0', '2026-10-22', undefined],
  ['v21.0', '2026-10-24', 'ends on 2027-01-21, in 89 days'],
  ['v21.0', '2027-01-21', 'ended on 2027-01-21'],
  ['v19.0', '2026-12-01', 'has ended'],
  ['v31.0', '2028-12-01', 'is not known here'],
])('version %s of the Graph API on %s', async (version, day, words) => {
  const findings = await found((world) => Object.assign(world, { graphVersion: version, now: Date.parse(day) }));
  if (words === undefined) return expect(ills(findings)).toEqual([]);
  const { cause, cure } = illOf(findings, 'graph-version');
  expect(cause).toContain(words);
  expect(cure).toBe('Set graphVersion to v26.0 in cdk.json, then npm run deploy -- -c stage=prod.');
});

describe('quiet', () => {
  /** Leads of Close some hours before each moment: now, and one to four weeks ago. */
  const quiet = (hours: (number | undefined)[]) => (world: World) => {
    world.arrivals = (at) => {
      const gap = hours[Math.round((start - at) / WEEK)];
      if (gap === undefined) return { leads: [], isEnd: true };
      return { leads: [{ source: 'close', receivedAt: new Date(at - gap * HOUR).toISOString() }], isEnd: true };
    };
  };

  it.each<[string, (number | undefined)[], string[]]>([
    ['as usual at this hour', [3, 2, 3, 1, 2], []],
    ['a little longer than usual', [6, 2, 3, 1, 2], []],
    ['far longer than it ever was', [8, 2, 3, 1, 2], ['quiet wrong close']],
    ['for a day, and new: it has no habit yet', [24, 2, 3, 1, undefined], []],
  ])('%s', async (_, hours, expected) => {
    expect(ills(await found(quiet(hours)))).toEqual(expected);
  });

  it('says for how long, and what it was', async () => {
    const finding = illOf(await found(quiet([8, 2, 3, 1, 2])), 'quiet');
    expect(finding.cause).toBe(
      'Close brought no lead for 8 hours; at this hour of the past four weeks it was 3 hours at most.',
    );
    expect(finding.cure).toContain('npm run sync -- close --stage prod --tenant acme');
  });

  it('sees one source that is silent behind another that is not', async () => {
    const findings = await found((world) => {
      world.arrivals = (at) => {
        const lead = (source: string, hours: number) => ({
          source,
          receivedAt: new Date(at - hours * HOUR).toISOString(),
        });
        const isNow = at === start;
        return {
          leads: isNow ? [lead('meta', 1), lead('meta', 30)] : [lead('meta', 1), lead('close', 2)],
          isEnd: false,
        };
      };
    });
    expect(ills(findings)).toEqual(['quiet wrong close']);
  });
});
