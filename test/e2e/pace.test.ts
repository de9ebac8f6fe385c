import { expect, it } from '@jest/globals';
import { atRest } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { startLocal } from './local-run.ts';
import { setEnv } from './template-parts.ts';
import { until } from './until.ts';

it('never exceeds the pace of a channel: twelve leads at once are told one a second, each once', async () => {
  await using run = await startLocal({ edit: (template) => setEnv(template, 'Process', { PACE: '{"slack":1}' }) });
  const leads = Array.from({ length: 12 }, () => closeLead('pace'));
  await Promise.all(leads.map((lead) => postLead(run, lead)));
  const inSlack = async () => (await run.inbox()).filter(({ channel }) => channel === 'slack');
  await until('all told', async () => (await inSlack()).length >= leads.length, 120);
  await atRest(run);
  const messages = await inSlack();
  expect(messages.map(({ lead_id }) => lead_id).sort()).toEqual(leads.map(({ id }) => id).sort());
  const times = messages.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  // On the way to the stand-in a busy machine may hold one message up and not the next; over five seconds that evens out.
  const fiveLater = times.slice(5).map((time, index) => time - (times[index] ?? 0));
  expect(fiveLater.filter((span) => span < 5000)).toEqual([]);
  expect((await run.inbox()).filter(({ channel }) => channel === 'email')).toHaveLength(leads.length);
});
