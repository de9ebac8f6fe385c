import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { serverNow } from '../api/clock.ts';
import type { LeadRow } from '../api/types.ts';
import { newsOf } from './news.ts';
import { noteArrivals } from './unseen.ts';

const TOAST = 'new-leads';
const TOAST_MS = 12_000;

const known = new Set<string>();
/** The leads that the open toast speaks of. */
let told: LeadRow[] = [];

/** A lead that somebody here made or changed is no news to them. */
export const noteOwn = (id: string): void => void known.add(id);

/** Which of the leads that were heard have come in since the page was opened; each is told once. */
export function arrivedAmong(rows: LeadRow[], openedAt: number): LeadRow[] {
  const arrived = rows.filter(({ id, received_at }) => !known.has(id) && Date.parse(received_at) >= openedAt);
  for (const { id } of rows) known.add(id);
  return arrived;
}

/** When the page was opened, on the server’s clock. */
export const openedNow = (): number => serverNow();

/** Says in a toast that leads came in; one toast, however many they are. */
export function announce(arrived: LeadRow[], show: (rows: LeadRow[]) => void): void {
  if (arrived.length === 0) return;
  noteArrivals(arrived.map(({ id }) => id));
  const isOpen = told.length > 0;
  told = [...arrived, ...told];
  const toast = {
    id: TOAST,
    title: newsOf(told),
    message: <ShowButton show={() => show(told)} />,
    autoClose: TOAST_MS,
    onClose: () => {
      told = [];
    },
  };
  if (isOpen) notifications.update(toast);
  else notifications.show(toast);
}

function ShowButton({ show }: { show: () => void }) {
  const onClick = () => {
    show();
    notifications.hide(TOAST);
  };
  return (
    <Button size="compact-sm" variant="light" onClick={onClick}>
      Show
    </Button>
  );
}
