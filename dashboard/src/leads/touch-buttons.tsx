import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LeadRow } from '../api/types.ts';
import { nameOf } from '../live/news.ts';
import { CalledIcon, MailIcon, WhatsAppIcon } from '../shell/icons.tsx';
import { useTouch } from './use-touch.ts';

type Lead = Pick<LeadRow, 'id' | 'name' | 'email' | 'phone' | 'links'>;

/** Called, WhatsApp and Mail: one click each, which counts as the first touch. Only where the number or address is valid. */
export function TouchButtons({ lead, isLarge = false }: { lead: Lead; isLarge?: boolean }) {
  const touch = useTouch(lead);
  const { phone, whatsapp, email } = lead.links;
  const look = { name: nameOf(lead), isLarge };
  return (
    <div className="touches">
      {phone && (
        <Touch
          {...look}
          label="Called"
          icon={<CalledIcon />}
          isBusy={touch.isPending}
          onClick={() => touch.mutate('called')}
        />
      )}
      {whatsapp && (
        <Touch
          {...look}
          label="WhatsApp"
          icon={<WhatsAppIcon />}
          href={whatsapp}
          onClick={() => touch.mutate('whatsapp')}
        />
      )}
      {email && <Touch {...look} label="Mail" icon={<MailIcon />} href={email} onClick={() => touch.mutate('mail')} />}
    </div>
  );
}

interface TouchProps {
  label: string;
  name: string;
  icon: ReactNode;
  isLarge: boolean;
  isBusy?: boolean;
  href?: string;
  onClick: () => void;
}

function Touch({ label, name, icon, isLarge, isBusy = false, href, onClick }: TouchProps) {
  const place = href === undefined ? {} : linkTo(href);
  const said = { 'aria-label': `${label}: ${name}`, title: label, onClick, variant: 'default' as const };
  return isLarge ? (
    <Button {...said} {...place} leftSection={icon} loading={isBusy}>
      {label}
    </Button>
  ) : (
    <ActionIcon {...said} {...place} size={30} loading={isBusy}>
      {icon}
      <span className="touch-label">{label}</span>
    </ActionIcon>
  );
}

/** A page of its own for WhatsApp, so that the list stays; the mail program opens beside it anyway. */
const linkTo = (href: string) => ({
  component: 'a' as const,
  href,
  ...(href.startsWith('https:') ? { target: '_blank', rel: 'noopener noreferrer' } : {}),
});
