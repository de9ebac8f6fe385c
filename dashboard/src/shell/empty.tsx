import type { ReactNode } from 'react';
import './states.css';

/** What is said where there is nothing to show, and what may be done about it. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="state">
    <h2>{title}</h2>
    {children && <div className="quiet">{children}</div>}
  </div>
);
