import { useLocation } from 'wouter';
import { isFailure } from '../api/failure.ts';
import { useLive } from '../live/use-live.ts';
import { useMeQuery } from '../session/me.ts';
import { CrashGuard } from './crash-guard.tsx';
import { Empty } from './empty.tsx';
import { Failed } from './failed.tsx';
import { Header } from './header.tsx';
import { Loading } from './loading.tsx';
import { Routes } from './routes.tsx';

/** The frame around every page, once it is known who looks at it. */
export function Layout() {
  const me = useMeQuery();
  const [path] = useLocation();
  if (me.isPending) return <Loading what="Opening your leads" />;
  if (isFailure(me.error, 'not_allowed'))
    return <Empty title="Your account has no team yet">Ask an admin of Lead Relay to add you to one.</Empty>;
  if (me.isError)
    return <Failed error={me.error} what="The dashboard can’t be opened" onRetry={() => void me.refetch()} />;
  return <Frame path={path} />;
}

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
