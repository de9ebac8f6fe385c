import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Loading } from '../shell/loading.tsx';
import { arrive } from './sign-in.ts';
import { SignedOut } from './signed-out.tsx';

/** Where the provider sends people back to. */
export function SignedInPage() {
  const [, navigate] = useLocation();
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    arrive().then(
      (place) => navigate(place, { replace: true }),
      () => setHasFailed(true),
    );
  }, [navigate]);
  return hasFailed ? <SignedOut why="refused" /> : <Loading what="Signing in" />;
}
