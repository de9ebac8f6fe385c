import type { Role } from '../../../lambdas/api/schemas/me.ts';
import type { Overview } from '../../../lambdas/api/schemas/settings.ts';
import { command, type Place } from './command.ts';
import { howMany, type Step } from './step.ts';
import { stepsOfAlerts } from './steps-of-alerts.ts';
import { stepsOfSource } from './steps-of-source.ts';

/** What is to be done until leads come in, in the order in which it is done. */
export function stepsOf(overview: Overview, role: Role, place: Place): Step[] {
  return [
    ...overview.sources.flatMap((source) => stepsOfSource(source, overview, role, place)),
    ...stepsOfAlerts(overview, role),
    people(overview, place),
    testLead(overview, place),
  ];
}

/** How many are done of those that must be. */
export function progressOf(steps: Step[]): { done: number; of: number } {
  const needed = steps.filter(({ state }) => state !== 'optional');
  return { done: needed.filter(({ state }) => state === 'done').length, of: needed.length };
}

const people = ({ users }: Overview, place: Place): Step => ({
  id: 'people',
  title: 'Invite people',
  says: users > 1 ? howMany(users, 'person', 'people') : 'The platform team adds each of them with a command.',
  state: users > 1 ? 'done' : 'open',
  ...(users <= 1 && { command: command('users add EMAIL --name NAME --role rep', place) }),
});

function testLead({ sources, has_leads }: Overview, place: Place): Step {
  const source = sources.find(({ has_key }) => has_key) ?? sources[0];
  return {
    id: 'test',
    title: 'Send a test lead',
    says: has_leads
      ? 'A lead came in.'
      : 'It takes the way of a real one and is marked as a test; no statistic counts it.',
    state: has_leads ? 'done' : 'open',
    ...(source && !has_leads && { command: command(`send ${source.id} --test`, place) }),
  };
}
