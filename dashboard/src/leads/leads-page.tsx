import { PageHead } from '../shell/page-head.tsx';

/** The leads of the tenant, newest first. */
export const LeadsPage = () => <PageHead title="Leads" />;
