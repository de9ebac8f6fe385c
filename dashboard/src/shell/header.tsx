import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
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
        <NavLink href="/" also="/leads/" name="Leads" />
        <NavLink href="/stats" name="Stats" />
        <NavLink href="/completeness" name="Completeness" />
        {isAtLeast(me, 'manager') && <NavLink href="/settings" also="/settings/" name="Settings" />}
        {isAtLeast(me, 'admin') && <NavLink href="/deliveries" also="/deliveries/" name="Deliveries" />}
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

function NavLink({ href, also, name }: { href: string; also?: string; name: string }) {
  const [path] = useLocation();
  const isCurrent = path === href || (also !== undefined && path.startsWith(also));
  return (
    <Link href={href} aria-current={isCurrent ? 'page' : undefined}>
      {name}
    </Link>
  );
}
