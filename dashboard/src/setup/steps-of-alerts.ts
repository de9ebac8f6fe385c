import type { Role } from '../../../lambdas/api/schemas/me.ts';
import type { Overview } from '../../../lambdas/api/schemas/settings.ts';
import { howMany, type Step } from './step.ts';

/** Where the team is told; one channel is enough. */
export function stepsOfAlerts({ slack, email }: Overview, role: Role): Step[] {
  const isAdmin = role === 'admin';
  const byAdmin = isAdmin ? '' : ' An admin does this.';
  const steps: Step[] = [];
  if (slack.is_on)
    steps.push({
      id: 'slack',
      title: 'Tell the team in Slack',
      says: slack.is_set ? 'The webhook URL is set.' : `Enter the URL of a Slack webhook.${byAdmin}`,
      state: slack.is_set ? 'done' : 'open',
      ...(isAdmin && (slack.is_set ? { test: 'slack' } : { open: { label: 'Set up Slack', to: '/settings/slack' } })),
    });
  if (email.is_on)
    steps.push({
      id: 'email',
      title: 'Tell the team by e-mail',
      says: email.addresses > 0 ? howMany(email.addresses, 'address', 'addresses') : `Add an address.${byAdmin}`,
      // One channel is enough.
      state: email.addresses > 0 ? 'done' : slack.is_on && slack.is_set ? 'optional' : 'open',
      ...(isAdmin &&
        (email.addresses > 0 ? { test: 'emails' } : { open: { label: 'Add an address', to: '/settings/email' } })),
    });
  if (steps.length === 0)
    steps.push({
      id: 'alerts',
      title: 'Tell the team',
      says: 'Slack and e-mail are both switched off in the settings of this stage. The platform team switches them on.',
      state: 'open',
    });
  return steps;
}
