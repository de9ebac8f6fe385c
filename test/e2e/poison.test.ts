import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, atRest, deadLetters, told } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { redrive } from './redrive.ts';
import { hideFor } from './template-parts.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal({
    edit: (template) => {
      hideFor(template, 'CaptureQueue', 9);
      hideFor(template, 'OwnerQueue', 9);
    },
  });
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

it('parks a message that can never be read after its three receives, and hurts no lead beside it', async () => {
  const { QueueUrls = [] } = await run.sqs.send(new ListQueuesCommand({}));
  const QueueUrl = QueueUrls.find((url) => url.includes('OwnerQueue') && !url.includes('DeadLetters'));
  await run.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison', DelaySeconds: 0 }));
  const lead = closeLead('neighbour');
  await postLead(run, lead);
  await told(run, lead.id, 'slack');
  await until('in the DLQ', async () => (await deadLetters(run, 'Owner')) === 1, 200);
  await redrive(run);
  await until('back in the DLQ', async () => (await atRest(run)) && (await deadLetters(run, 'Owner')) === 1, 120);
});

it('parks a delivery that could not be worked through after its five receives, and a redrive tells its lead once', async () => {
  const lead = closeLead('down');
  await run.fault('dynamodb', { status: 500 });
  expect((await postLead(run, lead)).status).toBe(200);
  await until('in the DLQ', async () => (await deadLetters(run, 'Capture')) === 1, 150);
  await run.endFault('dynamodb');
  expect(await alertsOf(run, lead.id)).toEqual([]);
  await redrive(run, 'Capture');
  await told(run, lead.id, 'slack');
  await atRest(run);
  expect(await alertsOf(run, lead.id)).toHaveLength(2);
});

it('records an object that came from nowhere as broken, acknowledges it and goes on', async () => {
  const Key = 'source/crm_event_lead_strange.json';
  await run.s3.send(new PutObjectCommand({ Bucket: run.settings.bucket, Key, Body: '{{{', IfNoneMatch: '*' }));
  await until('recorded', async () =>
    (await run.outcomes()).some(({ outcome, reason }) => outcome === 'broken' && /does not say/.test(reason ?? '')),
  );
  await atRest(run);
});
