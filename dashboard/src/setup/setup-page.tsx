import { PageHead } from '../shell/page-head.tsx';
import { Checklist } from './checklist.tsx';

/** The setup checklist by its own address, also once leads came in. */
export const SetupPage = () => (
  <>
    <PageHead title="Setup" />
    <Checklist />
  </>
);
