import { Link } from 'wouter';
import { Empty } from '../shell/empty.tsx';
import { PageHead } from '../shell/page-head.tsx';

/** What stands where a lead is not, or is another tenant’s. */
export const Gone = () => (
  <>
    <PageHead title="No such lead" />
    <Empty title="This lead is not here">
      It may have been erased, or the address is mistyped. <Link href="/">All leads</Link>
    </Empty>
  </>
);
