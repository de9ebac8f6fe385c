import { Link } from 'wouter';
import { PageHead } from './page-head.tsx';

export const NotFound = () => (
  <>
    <PageHead title="Nothing here" />
    <p>
      This address leads nowhere. <Link href="/">All leads</Link>
    </p>
  </>
);
