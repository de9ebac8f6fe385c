import { Link } from 'wouter';
import type { LeadFilter } from '../api/types.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { Empty } from '../shell/empty.tsx';
import { lazyPart } from '../shell/lazy-part.tsx';
import { queryOf } from './view.ts';

const Checklist = lazyPart(async () => (await import('../setup/checklist.tsx')).Checklist, <></>);

/** What is said of a view without leads. */
export function NoLeads({ filter }: { filter: LeadFilter }) {
  const me = useMe();
  if (queryOf(filter) !== '')
    return (
      <Empty title="No lead fits this view">
        New ones appear here by themselves. <Link href="/">All leads</Link>
      </Empty>
    );
  return (
    <>
      <Empty title="No leads yet">The first one appears here by itself, within seconds.</Empty>
      {isAtLeast(me, 'manager') && <Checklist />}
    </>
  );
}
