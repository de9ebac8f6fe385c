import { PageHead } from '../shell/page-head.tsx';

/** A lead with everything that is known of it. */
export const LeadPage = ({ id }: { id: string }) => <PageHead title={id} />;
