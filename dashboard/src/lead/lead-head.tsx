import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LeadDetail } from '../api/types.ts';
import { CategoryBadge } from '../leads/category-badge.tsx';
import { sourceOf } from '../leads/labels.ts';
import { lastView } from '../leads/last-view.ts';
import { Marks } from '../leads/marks.tsx';
import { StatusBadge } from '../leads/status-badge.tsx';
import { TouchButtons } from '../leads/touch-buttons.tsx';
import { nameOf } from '../live/news.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Age } from '../time/age.tsx';

/** Who it is, how old the lead is, and how to reach them. */
export function LeadHead({ lead }: { lead: LeadDetail }) {
  const origin = [sourceOf(lead), lead.page, lead.form, lead.ad, lead.campaign].filter(Boolean).join(' · ');
  return (
    <>
      <Link href={lastView()} className="small">
        ← Leads
      </Link>
      <PageHead title={nameOf(lead)}>
        <CategoryBadge category={lead.category} />
        <StatusBadge status={lead.status} />
        <Marks {...lead} />
      </PageHead>
      <div className="card lead-head">
        <dl className="facts lead-contact">
          <Fact label="Phone">{lead.phone && linked(lead.phone, lead.links.phone)}</Fact>
          <Fact label="E-mail">{lead.email && linked(lead.email, lead.links.email)}</Fact>
          <Fact label="Company">{lead.company}</Fact>
          <Fact label="Age">
            <Age at={lead.created_at} />
          </Fact>
          <Fact label="From">{origin}</Fact>
          {lead.list && <Fact label="List">{lead.list}</Fact>}
        </dl>
        <div>
          <TouchButtons lead={lead} isLarge />
          <p className="quiet small">
            {lead.first_touch_at ? (
              <>
                First touch <Age at={lead.first_touch_at} /> ago
              </>
            ) : (
              'Not touched yet'
            )}
          </p>
        </div>
      </div>
    </>
  );
}

const linked = (text: string, href: string | null) => (href ? <a href={href}>{text}</a> : text);

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt className="quiet">{label}</dt>
    <dd>{children ?? <span className="quiet">–</span>}</dd>
  </div>
);
