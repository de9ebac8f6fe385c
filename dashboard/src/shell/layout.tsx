import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { isFailure } from '../api/failure.ts';
import { useLive } from '../live/use-live.ts';
import { useMeQuery } from '../session/me.ts';
import { signOut } from '../session/sign-out.ts';
import { CrashGuard } from './crash-guard.tsx';
import { Empty } from './empty.tsx';
import { Failed } from './failed.tsx';
import { Header } from './header.tsx';
import { Loading } from './loading.tsx';
import { PageHead } from './page-head.tsx';
import { Routes } from './routes.tsx';

/** The frame around every page, once it is known who looks at it. */
export function Layout() {
  const me = useMeQuery();
  const [path] = useLocation();
  if (me.isPending) return <Loading what="Opening your leads" />;
  if (me.isError) return <NoEntry error={me.error} retry={() => void me.refetch()} />;
  return <Frame path={path} />;
}

/** What is said where it could not be found out who somebody is, or they belong to no tenant. */
const NoEntry = ({ error, retry }: { error: Error; retry: () => void }) => (
  <main className="page">
    <PageHead title="Lead Relay" />
    {isFailure(error, 'not_allowed') ? (
      <Empty title="Your account has no team yet">
        <p>Ask an admin of Lead Relay to add you to one.</p>
        <Button variant="default" onClick={() => void signOut()}>
          Sign out
        </Button>
      </Empty>
    ) : (
      <Failed error={error} what="The dashboard can’t be opened" onRetry={retry} />
    )}
  </main>
);

function Frame({ path }: { path: string }) {
  useLive();
  return (
    <>
      <Header />
      <main className="page" id="content" tabIndex={-1}>
        <CrashGuard key={path}>
          <Routes />
        </CrashGuard>
      </main>
    </>
  );
}
