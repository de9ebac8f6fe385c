import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { Loaded } from '../parts/loaded.tsx';
import { clientSettings } from '../session/client-settings.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { CompletenessSkeleton } from './completeness-skeleton.tsx';
import { CompletenessTable } from './completeness-table.tsx';
import { useCompleteness } from './use-completeness.ts';
import './styles.ts';

/** Whether all leads are here that the vendors have: per account what is here, what the vendor counts, and what was done. */
export function CompletenessPage() {
  const completeness = useCompleteness();
  return (
    <>
      <PageHead title="Completeness" />
      <Loaded of={completeness} meanwhile={<CompletenessSkeleton />}>
        {(rows) => (rows.length === 0 ? <NothingConnected /> : <Counts rows={rows} />)}
      </Loaded>
    </>
  );
}

function Counts({ rows }: { rows: Completeness[] }) {
  const { role, tenant, time_zone } = useMe();
  const stage = useQuery({ queryKey: ['client settings'], queryFn: clientSettings, staleTime: Infinity });
  return (
    <Loaded of={stage} meanwhile={<CompletenessSkeleton />}>
      {({ stage: name }) => (
        <>
          <p className="quiet">
            What arrives is compared with the vendors’ own records, by itself and with <Link href="/">Sync now</Link>;
            what no webhook brought is fetched from there.
          </p>
          <CompletenessTable rows={rows} reader={{ role, tenant, stage: name, timeZone: time_zone }} />
        </>
      )}
    </Loaded>
  );
}

function NothingConnected() {
  const me = useMe();
  return (
    <Empty title="Nothing is connected yet">
      Counts appear here with the first page, portal or API key.{' '}
      {isAtLeast(me, 'manager') && <Link href="/setup">Setup checklist</Link>}
    </Empty>
  );
}
