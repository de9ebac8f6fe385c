import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { CompletenessLine } from '../completeness/completeness-line.tsx';
import { SyncNow, SyncWords } from '../live/sync-now.tsx';
import { useFullCheck } from '../live/use-full-check.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { lazyPart } from '../shell/lazy-part.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { todayIn } from '../time/when.ts';
import { Filters } from './filters.tsx';
import { HelpLine } from './help-line.tsx';
import { rememberView } from './last-view.ts';
import { LeadList } from './lead-list.tsx';
import { SearchBox } from './search-box.tsx';
import { SearchResults } from './search-results.tsx';
import { useListKeys } from './use-list-keys.ts';
import { useView } from './use-view.ts';
import { filterOf, queryOf } from './view.ts';
import { ViewTabs } from './view-tabs.tsx';
import './leads-page.css';

const SEARCH_AFTER_MS = 300;
const AddLead = lazyPart(async () => (await import('./add-lead.tsx')).AddLead, <></>);
const ExportButton = lazyPart(async () => (await import('./export-button.tsx')).ExportButton, <></>);

/** The leads of the tenant, newest first, as they come in. */
export function LeadsPage() {
  const me = useMe();
  const { view, setView } = useView();
  const filter = filterOf(view, todayIn(me.time_zone));
  const check = useFullCheck(filter);
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), SEARCH_AFTER_MS);
  useListKeys(box);
  const address = queryOf(view);
  const { reset } = check;
  // Who goes to another view wants to see it, not what was found or said before.
  useEffect(() => {
    setText('');
    reset();
    rememberView(address);
  }, [address, reset]);
  const isSearching = text.trim() !== '';
  return (
    <>
      <PageHead title="Leads">
        <div className="page-actions">
          <SyncNow check={check} />
          {isAtLeast(me, 'manager') && <ExportButton filter={filter} />}
          <AddLead />
        </div>
      </PageHead>
      <CompletenessLine />
      <SyncWords check={check} />
      <ViewTabs view={view} />
      <div className="list-tools">
        <SearchBox text={text} setText={setText} box={box} />
        <Filters view={view} setView={setView} />
      </div>
      {isSearching ? <SearchResults q={q} /> : <LeadList key={address} filter={filter} />}
      <HelpLine />
    </>
  );
}
