import { PageHead } from '../shell/page-head.tsx';

/** How many leads came in, from where, and how soon they were told and touched. */
export const StatsPage = () => <PageHead title="Stats" />;
