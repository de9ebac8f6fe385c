import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingError, warningsOf } from '../../lib/config.ts';
import { PipelineStack } from '../../lib/pipeline-stack.ts';
import { App } from 'aws-cdk-lib';
import { contextOf } from './synth.ts';

const settingsOf = (stage: string, settings: Record<string, unknown> = {}) => readSettings(contextOf(stage, settings));

/** What the person who runs the synth reads. */
function complaint(settings: Record<string, unknown>, stage = 'dev'): string {
  try {
    settingsOf(stage, settings);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  return 'no complaint';
}

const certificateIn = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1a2b`;

const warned = (stage: string, settings: Record<string, unknown> = {}) =>
  warningsOf(settingsOf(stage, settings)).map(({ id }) => id);

describe('the settings of a stage', () => {
  it('are these when nobody said otherwise', () => {
    expect(settingsOf('dev')).toEqual({
      stage: 'dev',
      tenants: {
        default: {
          timeZone: 'UTC',
          emailSubscribers: [],
          membership: {
            lifecycleStages: { customer: 'subscribed', evangelist: 'subscribed' },
            statusLabels: {
              Customer: 'subscribed',
              Subscribed: 'subscribed',
              'Already subscribed': 'subscribed',
              Canceled: 'terminated',
              Cancelled: 'terminated',
              Terminated: 'terminated',
            },
          },
          alertFor: ['pending', 'subscribed', 'terminated'],
        },
      },
      sources: ['close', 'meta', 'hubspot'],
      delaySeconds: { close: 600, meta: 600, hubspot: 600 },
      waitFor: {},
      channels: { slack: true, email: false },
      pace: { slack: 1, email: 5 },
      maxAlertsPerMinute: { slack: 30, email: 30 },
      digestSeconds: 60,
      syncMinutes: 15,
      sweepMinutes: 15,
      categorySubscribers: [],
      ownerDirectories: ['lookup', 'close', 'hubspot', 'page'],
      lookupBucket: 'dea-lead-owner',
      lookupRegion: 'us-east-1',
      fallbackOwner: 'Unassigned',
      ownerSlackIds: {},
      closeFields: { funnel: 'cf_am3UgCUhyM5iNDtAPL84enDjUrZx1JsyVZ9uD9TbYwG', names: {} },
      closeApiUrl: 'https://api.close.com/api/v1',
      hubspotFields: { names: {} },
      hubspotSignatures: ['v3'],
      graphVersion: 'v26.0',
      slackUrl: 'https://hooks.slack.com',
      retentionDays: 400,
      toleranceSeconds: { close: { past: 259_200, future: 300 } },
      throttle: { rate: 50, burst: 100 },
      waf: true,
      dashboard: true,
      mfa: 'required',
      webhookRateLimit: 10_000,
      logRetentionDays: 30,
      timeoutSeconds: 20,
      costCenter: 'lead-relay',
    });
  });

  it('of the local stage have two tenants in a fixed order, every channel, no pace, no limit of alerts and no firewall', () => {
    const { tenants, channels, pace, maxAlertsPerMinute, waf, alarmEmail } = settingsOf('local');
    expect(Object.keys(tenants)).toEqual(['north', 'south']);
    expect(tenants['north']?.timeZone).not.toBe(tenants['south']?.timeZone);
    expect({ channels, pace, maxAlertsPerMinute, waf, alarmEmail }).toEqual({
      channels: { slack: true, email: true },
      pace: {},
      maxAlertsPerMinute: {},
      waf: false,
      alarmEmail: 'ops@lead-relay.example',
    });
  });

  it('of the local stage have a queue for each category', () => {
    const subscribers = settingsOf('local').categorySubscribers;
    expect(subscribers.map(({ queueArn, categories }) => [queueArn?.split(':').at(-1), categories])).toEqual([
      ['leads-pending', ['pending']],
      ['leads-subscribed', ['subscribed']],
      ['leads-terminated', ['terminated']],
    ]);
  });

  it.each([
    ['delaySeconds', '300', { delaySeconds: { close: 300, meta: 300, hubspot: 300 } }],
    ['delaySeconds', '{"close":0}', { delaySeconds: { close: 0, meta: 600, hubspot: 600 } }],
    ['waitFor', '{"meta":"owner"}', { waitFor: { meta: 'owner' } }],
    ['graphVersion', 'v27.0', { graphVersion: 'v27.0' }],
    ['ownerDirectories', '["page","lookup"]', { ownerDirectories: ['page', 'lookup'] }],
    ['waf', 'false', { waf: false }],
    ['dashboard', 'false', { dashboard: false }],
    ['mfa', 'optional', { mfa: 'optional' }],
    [
      'dashboardDomain',
      `{"name":"leads.example.org","certificateArn":"${certificateIn('us-east-1')}"}`,
      { dashboardDomain: { name: 'leads.example.org', certificateArn: certificateIn('us-east-1') } },
    ],
    ['sources', '["meta"]', { sources: ['meta'], delaySeconds: { meta: 600 } }],
    ['fallbackOwner', '007', { fallbackOwner: '007' }],
    ['pace', '{}', { pace: {} }],
    ['maxAlertsPerMinute', '{"slack":5}', { maxAlertsPerMinute: { slack: 5 } }],
    ['maxAlertsPerMinute', '{}', { maxAlertsPerMinute: {} }],
    ['digestSeconds', '30', { digestSeconds: 30 }],
    ['syncMinutes', '5', { syncMinutes: 5 }],
    ['sweepMinutes', '30', { sweepMinutes: 30 }],
    [
      'categorySubscribers',
      '[{"email":"crm@example.org","sources":["meta"]}]',
      { categorySubscribers: [{ email: 'crm@example.org', sources: ['meta'] }] },
    ],
    ['hubspotFields', '{"funnel":"funnel"}', { hubspotFields: { funnel: 'funnel', names: {} } }],
    ['hubspotSignatures', '["v3","v1"]', { hubspotSignatures: ['v3', 'v1'] }],
    [
      'tenants',
      '{"a":{"membership":{"statusLabels":{"Won":"subscribed"}},"alertFor":["pending"]}}',
      {
        tenants: {
          a: {
            membership: { lifecycleStages: { customer: 'subscribed' }, statusLabels: { Won: 'subscribed' } },
            alertFor: ['pending'],
          },
        },
      },
    ],
    [
      'closeFields',
      '{"owner":"cf_owner1"}',
      { closeFields: { owner: 'cf_owner1', funnel: expect.any(String), names: {} } },
    ],
  ])('are overridden by -c %s=%s', (name, value, expected) => {
    expect(settingsOf('dev', { [name]: value })).toMatchObject(expected);
  });

  it('are those of the stage that -c stage picks, and of dev without it', () => {
    expect(settingsOf('prod').stage).toBe('prod');
    const { stage, ...context } = contextOf('any');
    expect(readSettings(context).stage).toBe('dev');
    expect(stage).toBe('any');
  });
});

describe('a wrong setting stops the synth with a sentence that names it and what is allowed', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ delaySeconds: '1200' }, 'The setting delaySeconds is 1200. It must be a whole number of seconds from 0 to 900'],
    [{ delaySeconds: '-1' }, 'The setting delaySeconds is -1. It must be a whole number of seconds from 0 to 900'],
    [{ delaySeconds: 'soon' }, 'The setting delaySeconds is soon. It must be'],
    [{ delaySeconds: { closed: 3 } }, 'The setting delaySeconds.closed is 3. delaySeconds must be'],
    [{ tenants: {} }, 'The setting tenants is {}. It must be 1 to 20 tenants'],
    [{ tenants: { none: {} } }, 'The setting tenants.none is {}. tenants must be 1 to 20 tenants by id'],
    [{ tenants: { North: {} } }, 'The setting tenants.North is {}.'],
    [{ tenants: { a: { timeZone: 'Mars' } } }, 'The setting tenants.a.timeZone is Mars.'],
    [{ tenants: { a: { emailSubscribers: ['nobody'] } } }, 'The setting tenants.a.emailSubscribers.0 is nobody.'],
    [{ tenants: { a: { emials: [] } } }, 'The setting tenants.a.emials is [].'],
    [
      { tenants: { a: { membership: { statusLabels: { Won: 'member' } } } } },
      'The setting tenants.a.membership.statusLabels.Won is member. tenants must be 1 to 20 tenants by id',
    ],
    [
      { tenants: { a: { membership: { stages: {} } } } },
      'The setting tenants.a.membership.stages is {}. tenants must be 1 to 20 tenants by id',
    ],
    [
      { tenants: { a: { alertFor: ['new'] } } },
      'The setting tenants.a.alertFor.0 is new. tenants must be 1 to 20 tenants by id (a-z, 0-9 and -, at most 31 characters, not "none"), each with an IANA timeZone, emailSubscribers, alertFor (a list of pending, subscribed, terminated) and membership',
    ],
    [{ sources: ['pipedrive'] }, 'The setting sources.0 is pipedrive. sources must be a list of at least one of close'],
    [{ waitFor: 'owner' }, 'The setting waitFor is owner. It must be per source delay or owner'],
    [{ waitFor: { meta: 'user' } }, 'The setting waitFor.meta is user. waitFor must be per source delay or owner'],
    [{ waitFor: { metta: 'owner' } }, 'The setting waitFor.metta is owner. waitFor must be'],
    [{ graphVersion: '26' }, 'The setting graphVersion is 26. It must be a version of the Graph API, as in v26.0'],
    [{ graphVersion: 'v26' }, 'The setting graphVersion is v26.'],
    [{ graphVersion: 'v26.0/../me' }, 'The setting graphVersion is v26.0/../me.'],
    [{ sources: [] }, 'The setting sources is [].'],
    [{ channels: { slack: false } }, 'The setting channels is {"slack":false}. It must be slack and email'],
    [{ pace: { email: 11 } }, 'The setting pace.email is 11. pace must be messages a second'],
    [{ pace: { slack: 0 } }, 'The setting pace.slack is 0.'],
    [
      { maxAlertsPerMinute: { slack: 0 } },
      'The setting maxAlertsPerMinute.slack is 0. maxAlertsPerMinute must be alerts a minute, for slack and email from 1 to 10000',
    ],
    [{ maxAlertsPerMinute: { email: 1.5 } }, 'The setting maxAlertsPerMinute.email is 1.5.'],
    [{ maxAlertsPerMinute: { sms: 1 } }, 'The setting maxAlertsPerMinute.sms is 1.'],
    [{ maxAlertsPerMinute: '30' }, 'The setting maxAlertsPerMinute is 30. It must be alerts a minute'],
    [{ digestSeconds: '4' }, 'The setting digestSeconds is 4. It must be a whole number of seconds from 5 to 900.'],
    [{ sweepMinutes: '4' }, 'The setting sweepMinutes is 4. It must be a whole number of minutes from 5 to 1440.'],
    [{ syncMinutes: '0' }, 'The setting syncMinutes is 0. It must be a whole number of minutes from 1 to 1440.'],
    [{ digestSeconds: '901' }, 'The setting digestSeconds is 901.'],
    [
      { categorySubscribers: [{ categories: ['pending'] }] },
      'The setting categorySubscribers.0 is {"categories":["pending"]}. categorySubscribers must be a list of at most 50 subscribers, each with a queueArn or an email',
    ],
    [
      { categorySubscribers: [{ queueArn: 'arn:aws:sqs:eu-west-1:123456789012:q', email: 'crm@example.org' }] },
      'The setting categorySubscribers.0 is {"queueArn":"arn:aws:sqs:eu-west-1:123456789012:q","email":"crm@example.org"}.',
    ],
    [
      { categorySubscribers: [{ queueArn: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q' }] },
      'The setting categorySubscribers.0.queueArn is https://sqs.eu-west-1.amazonaws.com/123456789012/q. categorySubscribers must be',
    ],
    [
      { categorySubscribers: [{ email: 'crm@example.org', tenants: ['a'] }, { email: 'crm@example.org' }] },
      'The setting categorySubscribers is [{"email":"crm@example.org","tenants":["a"]},{"email":"crm@example.org"}]. It must be a list of at most 50 subscribers, each with a queueArn or an email of its own',
    ],
    [{ categorySubscribers: [{ email: 'crm' }] }, 'The setting categorySubscribers.0.email is crm.'],
    [
      { categorySubscribers: [{ email: 'crm@example.org', categories: ['new'] }] },
      'The setting categorySubscribers.0.categories.0 is new.',
    ],
    [
      { categorySubscribers: [{ email: 'crm@example.org', sources: [] }] },
      'The setting categorySubscribers.0.sources is [].',
    ],
    [
      { hubspotFields: { funnel: 'My Funnel' } },
      "The setting hubspotFields.funnel is My Funnel. hubspotFields must be names of HubSpot's properties (a-z, 0-9 and _)",
    ],
    [{ hubspotFields: { names: { team_size: '' } } }, 'The setting hubspotFields.names.team_size is "".'],
    [
      { hubspotSignatures: ['v2'] },
      'The setting hubspotSignatures.0 is v2. hubspotSignatures must be a list of at least one of v3 and v1',
    ],
    [{ hubspotSignatures: [] }, 'The setting hubspotSignatures is [].'],
    [
      { ownerDirectories: ['ldap'] },
      'The setting ownerDirectories.0 is ldap. ownerDirectories must be a list of at least one of lookup, close, hubspot and page',
    ],
    [{ ownerDirectories: [] }, 'The setting ownerDirectories is [].'],
    [{ lookupBucket: 'My_Bucket' }, 'The setting lookupBucket is My_Bucket. It must be the name of an S3 bucket'],
    [{ lookupRegion: 'Frankfurt' }, 'The setting lookupRegion is Frankfurt. It must be an AWS region'],
    [{ fallbackOwner: '' }, 'The setting fallbackOwner is "". It must be a name of 1 to 100 characters'],
    [
      { ownerSlackIds: { Grace: '@grace' } },
      'The setting ownerSlackIds.Grace is @grace. ownerSlackIds must be Slack member ids',
    ],
    [
      { closeFields: { owner: 'owner' } },
      "The setting closeFields.owner is owner. closeFields must be ids of Close's custom fields",
    ],
    [{ closeApiUrl: 'http://close' }, 'The setting closeApiUrl is http://close. It must be an https URL'],
    [
      { slackUrl: 'https://hooks.slack.com/' },
      'The setting slackUrl is https://hooks.slack.com/. It must be an https URL without',
    ],
    [{ retentionDays: '99' }, 'The setting retentionDays is 99. It must be a whole number of days from 100 to 3650.'],
    [{ toleranceSeconds: { close: { past: -1, future: 0 } } }, 'The setting toleranceSeconds.close.past is -1.'],
    [
      { throttle: { rate: 0 } },
      'The setting throttle.rate is 0. throttle must be requests a second: a rate from 1 to 10000',
    ],
    [{ waf: 'yes' }, 'The setting waf is yes. It must be true or false.'],
    [{ dashboard: 'no' }, 'The setting dashboard is no. It must be true or false.'],
    [{ mfa: 'on' }, 'The setting mfa is on. It must be required or optional.'],
    [
      { dashboardDomain: 'leads.example.org' },
      'The setting dashboardDomain is leads.example.org. It must be a name of your own and the ARN of its certificate in us-east-1',
    ],
    [
      { dashboardDomain: { name: 'https://leads.example.org', certificateArn: certificateIn('us-east-1') } },
      'The setting dashboardDomain.name is https://leads.example.org. dashboardDomain must be',
    ],
    [
      { dashboardDomain: { name: 'leads.example.org', certificateArn: certificateIn('eu-central-1') } },
      'The setting dashboardDomain.certificateArn is arn:aws:acm:eu-central-1:123456789012:certificate/1a2b. dashboardDomain must be',
    ],
    [{ webhookRateLimit: 9 }, 'The setting webhookRateLimit is 9. It must be a whole number of requests in 5 minutes'],
    [
      { logRetentionDays: 31 },
      'The setting logRetentionDays is 31. It must be one of the numbers of days that CloudWatch accepts: 1, 3, 5',
    ],
    [{ logRetentionDays: 9999 }, 'The setting logRetentionDays is 9999.'],
    [{ alarmEmail: 'ops' }, 'The setting alarmEmail is ops. It must be an e-mail address.'],
    [{ timeoutSeconds: '7' }, 'The setting timeoutSeconds is 7. It must be a whole number of seconds from 8 to 120.'],
    [{ timeoutSeconds: '121' }, 'The setting timeoutSeconds is 121.'],
    [{ costCenter: 'a;b' }, 'The setting costCenter is a;b. It must be a tag value'],
    [{ delySeconds: '300' }, 'There is no setting delySeconds. The settings are tenants, sources, delaySeconds'],
  ])('%j', (settings, sentence) => {
    expect(complaint(settings)).toContain(sentence);
  });

  it('names every setting that is wrong', () => {
    expect(complaint({ waf: 'yes', retentionDays: 1 }).split('\n')).toHaveLength(2);
  });

  it('names the stages there are when it is asked for another', () => {
    expect(complaint({}, 'staging')).toBe('There is no stage staging in cdk.json. The stages are dev, prod, local.');
  });

  it('asks for another name when API Gateway could not bear the stage', () => {
    expect(() => readSettings({ stage: 'My Stage', stages: { 'My Stage': {} } })).toThrow('needs another name');
  });

  it('names the setting that does not fit into the 4 KB of a function', () => {
    const ownerSlackIds = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`Grace Hopper ${n}`, `U0000${n}`]));
    const context = contextOf('dev', { ownerSlackIds });
    const build = () => new PipelineStack(new App({ context }), readSettings(context));
    expect(build).toThrow(SettingError);
    expect(build).toThrow(
      /^The setting ownerSlackIds is too long: its \d{4} bytes bring the environment of process to \d{4} bytes, and Lambda allows 4096/,
    );
  });
});

it('names both settings that may hold too many custom fields', () => {
  const names = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`property_${n}`, `Property number ${n}`]));
  const context = contextOf('dev', { hubspotFields: { names } });
  expect(() => new PipelineStack(new App({ context }), readSettings(context))).toThrow(
    /^The setting closeFields or hubspotFields is too long: its \d{4} bytes bring the environment of capture to/,
  );
});

describe('what tenants say of membership', () => {
  const build = (tenants: Record<string, unknown>) => {
    const context = contextOf('dev', { tenants });
    return () => new PipelineStack(new App({ context }), readSettings(context));
  };
  const labels = (count: number) => ({
    membership: {
      statusLabels: Object.fromEntries(Array.from({ length: count }, (_, n) => [`Label ${n}`, 'subscribed'])),
    },
  });

  it('may be the same for twenty of them, at the cost of one', () => {
    const tenants = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`tenant-${n}`, labels(40)]));
    expect(build(tenants)).not.toThrow();
  });

  it('names the tenants when it does not fit into the 4 KB of a function', () => {
    expect(build({ a: labels(200) })).toThrow(
      /^The setting tenants is too long: its \d{4} bytes bring the environment of capture to \d{4} bytes, and Lambda allows 4096/,
    );
  });
});

describe('a legal setting with a catch is warned about', () => {
  it("says in prod that the lookup bucket is somebody else's, until it is set or not asked", () => {
    expect(warned('prod')).toEqual(['lead-relay:lookupBucket']);
    expect(warned('prod', { lookupBucket: 'our-lead-owners' })).toEqual([]);
    expect(warned('prod', { ownerDirectories: ['close'] })).toEqual([]);
  });

  it('says nothing about it in dev and local', () => {
    expect(warned('dev')).toEqual([]);
    expect(warned('local')).toEqual([]);
  });

  it('says that a tenant without subscribers hears nothing by e-mail', () => {
    expect(warned('dev', { channels: { email: true } })).toEqual(['lead-relay:emailSubscribers']);
  });
});
