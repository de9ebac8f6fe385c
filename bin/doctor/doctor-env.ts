import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import type { DoctorEnv } from '../../lambdas/doctor/env.ts';
import { secretNames } from '../../lib/names.ts';
import { CommandError } from '../command.ts';
import { stackOutputs } from '../stack-outputs.ts';
import type { Stage } from '../stage.ts';

/** What the function of the same name is told by its construct, of a stage as an operator reaches it. */
export async function doctorEnv(stage: Stage): Promise<DoctorEnv> {
  const { settings, tenants } = stage;
  const names = secretNames(settings.stage);
  const publicUrl = stage.webhookUrl.replace(/\/webhooks\/\w+$/, '');
  return {
    STAGE: settings.stage,
    TABLE_NAME: stage.table,
    ERASE_QUEUE_URL: stage.eraseQueueUrl,
    DEAD_LETTERS: Object.fromEntries(stage.deadLetterQueues.map(({ name, deadLetters }) => [name, deadLetters])),
    ...(stage.isLocal ? await topicsHere(stage) : await topicsIn(`LeadRelay-${settings.stage}`)),
    PUBLIC_URL: publicUrl,
    SOURCES: settings.sources,
    TENANTS: tenants,
    CLOSE_API_URL: stage.closeApiUrl,
    GRAPH_URL: stage.graphUrl,
    HUBSPOT_URL: stage.hubspotUrl,
    GRAPH_VERSION: settings.graphVersion,
    SIGNATURE_SECRET_NAME: names.signatureKey,
    VERIFY_TOKEN_SECRET_NAME: names.verifyToken,
    ACCOUNT_TOKEN_SECRET_NAME: names.accountToken,
    DEVELOPER_KEY_SECRET_NAME: names.developerKey,
    CLOSE_API_SECRET_NAME: names.closeApiKey,
    SLACK_SECRET_NAME: names.slackWebhookUrl,
    USE_SLACK: settings.channels.slack,
    USE_EMAIL: settings.channels.email,
    SLACK_URL: stage.isLocal ? `${publicUrl}/local/vendors/slack` : settings.slackUrl,
    EMAIL_SUBSCRIBERS: Object.fromEntries(
      Object.entries(settings.tenants).map(([tenant, { emailSubscribers }]) => [tenant, emailSubscribers]),
    ),
    METRICS_NAMESPACE: '-',
  };
}

type Topics = Pick<DoctorEnv, 'SNS_TOPIC_ARN' | 'ALARM_TOPIC_ARN'>;

async function topicsIn(stack: string): Promise<Topics> {
  const output = await stackOutputs(stack);
  return { SNS_TOPIC_ARN: output('LeadTopicArn'), ALARM_TOPIC_ARN: output('AlarmTopicArn') };
}

/** The console says nothing of these; their names come from those of the constructs. */
async function topicsHere({ access }: Stage): Promise<Topics> {
  const { Topics: all = [] } = await new SNSClient(access).send(new ListTopicsCommand({}));
  const found = (construct: string) => {
    const one = all.map(({ TopicArn = '' }) => TopicArn).find((arn) => arn.includes(construct));
    if (one !== undefined) return one;
    throw new CommandError(`The local run has no ${construct}; it was started from another version.`);
  };
  return { SNS_TOPIC_ARN: found('LeadTopic'), ALARM_TOPIC_ARN: found('AlarmsTopic') };
}
