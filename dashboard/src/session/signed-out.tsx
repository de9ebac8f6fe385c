import { Button } from '@mantine/core';
import { useState } from 'react';
import { stashDrafts } from '../lead/drafts.ts';
import { PageHead } from '../shell/page-head.tsx';
import { signIn } from './sign-in.ts';
import './signed-out.css';

const sentences = {
  out: 'Sign in to see the leads of your team.',
  ended: 'Your session has ended, so you were signed out. Sign in to go on where you were.',
  refused: 'The sign-in did not work: it took too long, or was begun in another tab. Please try again.',
  failed: 'The settings of this page could not be loaded. Check your connection and try again.',
};

/** What somebody sees who is not signed in, with the reason and the way in. */
export function SignedOut({ why }: { why: keyof typeof sentences }) {
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');
  const leave = () => {
    setState('leaving');
    if (why === 'ended') stashDrafts();
    signIn().catch(() => setState('failed'));
  };
  return (
    <main className="signed-out">
      <div className="card">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <PageHead title="Lead Relay" />
        <p role="status">{sentences[why]}</p>
        <Button onClick={leave} loading={state === 'leaving'} fullWidth>
          Sign in
        </Button>
        {state === 'failed' && (
          <p role="alert" className="small">
            The sign-in page could not be reached. Check your connection and try again.
          </p>
        )}
      </div>
    </main>
  );
}
