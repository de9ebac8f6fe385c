import { useResource } from '../../api/use-resource.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../panel.tsx';
import type { Statuses } from '../types.ts';
import { StatusesForm } from './statuses-form.tsx';

/** The follow-up statuses of the tenant, in the order in which people choose from them. */
export function StatusesSection() {
  const stored = useResource<Statuses>('/settings/statuses');
  return (
    <Panel
      title="Statuses"
      says="What a lead’s follow-up can be. A closed one needs no more to be done: it is out of “mine and untouched” and “due today”."
    >
      <Loaded of={stored}>{(statuses) => <StatusesForm key={statuses.version} stored={statuses} />}</Loaded>
    </Panel>
  );
}
