import type { ReactNode } from 'react';
import './facts.css';

interface Fact {
  label: string;
  value: ReactNode;
}

/** Labels and values, one a line. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl className="facts">
    {facts.map(({ label, value }, index) => (
      // Two facts may have one label: vendors name them.
      // oxlint-disable-next-line react/no-array-index-key
      <div key={index}>
        <dt className="quiet">{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
