import { memo } from 'react';
import { Link } from 'wouter';
import type { LeadRow as Lead } from '../api/types.ts';
import { nameOf } from '../live/news.ts';
import { isFresh } from '../live/unseen.ts';
import { Age } from '../time/age.tsx';
import { CategoryBadge } from './category-badge.tsx';
import { sourceOf } from './labels.ts';
import { Marks } from './marks.tsx';
import { NextCall } from './next-call.tsx';
import { StatusBadge } from './status-badge.tsx';
import { TouchButtons } from './touch-buttons.tsx';

const none = <span className="quiet">–</span>;

/** One lead of the list. Its roles are spelt out, since on a phone the row is drawn as a card. */
export const LeadRow = memo(function LeadRow({ lead }: { lead: Lead }) {
  const origin = [lead.page, lead.form, lead.ad].filter(Boolean).join(' · ');
  return (
    <tr role="row" data-lead={lead.id} className={isFresh(lead.id) ? 'is-fresh' : undefined}>
      <td role="cell" className="cell-age">
        <Age at={lead.created_at} />
      </td>
      <td role="cell" className="cell-name">
        <div className="clamped">
          <Link href={`/leads/${encodeURIComponent(lead.id)}`} data-lead-link>
            {nameOf(lead)}
          </Link>{' '}
          <Marks {...lead} />
        </div>
        {lead.company && <div className="quiet small clamped">{lead.company}</div>}
      </td>
      <td role="cell" className="cell-contact">
        {lead.phone && (
          <div className="number">{lead.links.phone ? <a href={lead.links.phone}>{lead.phone}</a> : lead.phone}</div>
        )}
        {lead.email && <div className="quiet small">{lead.email}</div>}
        {!lead.phone && !lead.email && none}
      </td>
      <td role="cell" className="cell-category">
        <CategoryBadge category={lead.category} />
      </td>
      <td role="cell" className="cell-source">
        <div>{sourceOf(lead)}</div>
        {origin && (
          <div className="quiet small clamped origin" title={origin}>
            {origin}
          </div>
        )}
      </td>
      <td role="cell" className="cell-owner">
        <div className="clamped">{lead.owner ?? <span className="quiet">Nobody</span>}</div>
      </td>
      <td role="cell" className="cell-status">
        <StatusBadge status={lead.status} />
        <div className="quiet small">
          {lead.first_touch_at ? (
            <>
              touched <Age at={lead.first_touch_at} /> ago
            </>
          ) : (
            'untouched'
          )}
        </div>
      </td>
      <td role="cell" className="cell-call" data-empty={lead.next_call === null || undefined}>
        <NextCall day={lead.next_call} />
      </td>
      <td role="cell" className="cell-touches">
        <TouchButtons lead={lead} />
      </td>
    </tr>
  );
});
