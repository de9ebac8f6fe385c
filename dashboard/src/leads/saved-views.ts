import type { View } from './view.ts';

/** A tab above the leads. */
export interface Tab {
  name: string;
  view: View;
}

/** Views that everybody has. */
export const savedViews: Tab[] = [
  { name: 'Mine and untouched', view: { mine: 'true', untouched: 'true' } },
  { name: 'Unowned', view: { unowned: 'true' } },
  { name: 'Due today', view: { due: 'today' } },
  { name: 'Already subscribed', view: { category: 'subscribed' } },
  { name: 'Test', view: { test: 'true' } },
];
