import type { MantineColor } from '@mantine/core';
import { sourceLabels } from '../leads/labels.ts';
import type { DeliveryEvent } from './types.ts';

/** The verdict on an event in words, and its colour. */
export const outcomes: Record<DeliveryEvent['outcome'], { label: string; color: MantineColor }> = {
  done: { label: 'Done', color: 'teal' },
  duplicate: { label: 'Duplicate', color: 'gray' },
  not_for_us: { label: 'Not for us', color: 'gray' },
  broken: { label: 'Broken', color: 'red' },
  no_route: { label: 'Nobody’s', color: 'orange' },
  parked: { label: 'Waiting', color: 'orange' },
};

const attemptsWords = (attempts: number | null) =>
  attempts === null ? 'not noted' : attempts === 1 ? 'once' : `${attempts} times`;

/** How often an event was tried, and sent. */
export const triesOf = ({ attempts, received }: Pick<DeliveryEvent, 'attempts' | 'received'>): string =>
  received > 1 ? `${attemptsWords(attempts)}, sent ${received} times` : attemptsWords(attempts);

/** Where a delivery is shown. */
export const deliveryPath = (name: string): string => `/deliveries/${encodeURIComponent(name)}`;

const sources: Record<string, string> = sourceLabels;
/** What people read for a source. */
export const sourceName = (id: string): string => sources[id] ?? id;
