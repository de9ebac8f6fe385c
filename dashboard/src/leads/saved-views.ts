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

/** The tab that a view belongs to: the one that says most of it. */
export function tabOf(view: View, tabs: Tab[]): Tab | undefined {
  const says = (tab: Tab) => Object.entries(tab.view);
  return tabs
    .filter((tab) => says(tab).every(([key, value]) => view[key as keyof View] === value))
    .toSorted((one, other) => says(other).length - says(one).length)[0];
}
