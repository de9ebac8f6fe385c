import type { Role } from '../../../lambdas/api/schemas/me.ts';
import type { Overview } from '../../../lambdas/api/schemas/settings.ts';
import { command, type Place } from './command.ts';
import { howMany, type Step } from './step.ts';

type Source = Overview['sources'][number];

/** What connects a CRM: its address and key, its verify token, its page or portal. */
export function stepsOfSource(source: Source, overview: Overview, role: Role, place: Place): Step[] {
  const { id, label, callback_url, has_key, has_verify_token } = source;
  // One source is enough: those that nobody began with can wait once another one is connected.
  const waits = !has_key && overview.sources.some((other) => other.has_key);
  const state = (isDone: boolean) => (isDone ? 'done' : waits ? 'optional' : 'open');
  const steps: Step[] = [
    {
      id: `${id}-key`,
      title: `Connect ${label}`,
      says: has_key
        ? `The signing key is filled in. ${label} sends to this address:`
        : `The signing key is missing, so that nothing is accepted from ${label} yet. The platform team fills it in with the command; ${label} sends to this address:`,
      state: state(has_key),
      copy: { label: `Callback URL for ${label}`, value: callback_url },
      ...(!has_key && { command: command(`connect ${id}`, place) }),
    },
  ];
  if (has_verify_token !== null)
    steps.push({
      id: `${id}-verify`,
      title: `Verify token for ${label}`,
      says: has_verify_token
        ? `It is set. ${label} asks for it when the callback URL is entered.`
        : `${label} asks for it when the callback URL is entered.${role === 'admin' ? '' : ' An admin sets it.'}`,
      state: state(has_verify_token),
      ...(role === 'admin' && !has_verify_token && { open: { label: 'Set the verify token', to: '/settings/pages' } }),
    });
  if (id === 'meta') steps.push(metaPage(overview, state(overview.pages > 0)));
  if (id === 'hubspot')
    steps.push({
      id: 'hubspot-portal',
      title: 'Add a HubSpot portal',
      says: overview.portals > 0 ? howMany(overview.portals, 'portal') : 'The platform team adds it with its token.',
      state: state(overview.portals > 0),
      ...(overview.portals === 0 && { command: command('portals add ID', place) }),
    });
  return steps;
}

const metaPage = ({ pages }: Overview, state: Step['state']): Step => ({
  id: 'meta-page',
  title: 'Add a Meta page with its token',
  says: pages > 0 ? howMany(pages, 'page') : 'Leads of a page are read with its token.',
  state,
  open: { label: pages > 0 ? 'Look at the pages' : 'Add a page', to: '/settings/pages' },
});
