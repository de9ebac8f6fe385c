import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Pill } from '../live/pill.tsx';
import { isAtLeast, useMe } from '../session/me.ts';
import { signOut } from '../session/sign-out.ts';
import { ColourSchemeSwitch } from './colour-scheme-switch.tsx';
import './header.css';

/** Where one can go, who is signed in, and how it looks. */
export function Header() {
  const me = useMe();
  return (
    <header className="header">
      <a href="#content" className="skip">
        Skip to content
      </a>
      <Link href="/" className="brand">
        <img src="/favicon.svg" alt="" width="24" height="24" />
        <span>Lead Relay</span>
      </Link>
      <nav aria-label="Pages">
        <Link href="/" className={current}>
          Leads
        </Link>
        <Link href="/stats" className={current}>
          Stats
        </Link>
        {isAtLeast(me, 'manager') && (
          <Link href="/settings" className={current}>
            Settings
          </Link>
        )}
      </nav>
      <div className="header-end">
        <Pill />
        <span className="who small quiet" title={me.email}>
          {me.name} · {me.tenant}
        </span>
        <ColourSchemeSwitch />
        <Button variant="default" size="xs" onClick={() => void signOut()}>
          Sign out
        </Button>
      </div>
    </header>
  );
}

const current = (isActive: boolean) => (isActive ? 'is-current' : '');
