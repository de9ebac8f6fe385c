import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { LeadRow } from '../api/types.ts';
import { TOP_PX } from './anchored.tsx';
import { lookAt, useUnseen } from './unseen.ts';
import './new-leads-bar.css';

/** Says how many leads came in above what is being read, and leads up to them. */
export function NewLeadsBar({ rows }: { rows: LeadRow[] }) {
  const unseen = useUnseen();
  useLooking(unseen);
  const count = rows.filter(({ id }) => unseen.has(id)).length;
  if (count === 0) return null;
  return (
    <div className="new-leads-bar">
      <Button size="compact-md" radius="xl" onClick={() => window.scrollTo({ top: 0, behavior: 'smooth' })}>
        {count === 1 ? '1 new lead' : `${count} new leads`} ↑
      </Button>
    </div>
  );
}

/** Who has the page before them and its top in sight has looked at what came in. */
function useLooking(unseen: ReadonlySet<string>) {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && document.hasFocus() && window.scrollY <= TOP_PX) lookAt();
    };
    look();
    const over = new AbortController();
    window.addEventListener('scroll', look, { passive: true, signal: over.signal });
    window.addEventListener('focus', look, { signal: over.signal });
    document.addEventListener('visibilitychange', look, { signal: over.signal });
    return () => over.abort();
  }, [unseen]);
}
