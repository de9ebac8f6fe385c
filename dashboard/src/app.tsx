import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Route, Switch } from 'wouter';
import { queryClient } from './api/query-client.ts';
import { startSession, useSession } from './session/session.ts';
import { SignedInPage } from './session/signed-in-page.tsx';
import { SignedOut } from './session/signed-out.tsx';
import { Layout } from './shell/layout.tsx';
import { Loading } from './shell/loading.tsx';
import { theme } from './theme/theme.ts';

/** Everything that pages stand on. Styles come from files alone: nothing here may write a `<style>`. */
export const App = () => (
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <QueryClientProvider client={queryClient}>
      <Switch>
        <Route path="/signed-in" component={SignedInPage} />
        <Route component={Gate} />
      </Switch>
      <Notifications position="bottom-right" limit={3} containerWidth={360} />
    </QueryClientProvider>
  </MantineProvider>
);

/** Lets in who is signed in. */
function Gate() {
  const session = useSession();
  useEffect(() => void startSession(), []);
  useEffect(() => {
    if (session === 'out' || session === 'ended') queryClient.clear();
  }, [session]);
  if (session === 'starting') return <Loading what="Opening Lead Relay" />;
  return session === 'in' ? <Layout /> : <SignedOut why={session} />;
}
