import { PageHead } from '../shell/page-head.tsx';

/** What managers and admins set for their tenant. */
export const SettingsPage = () => <PageHead title="Settings" />;
