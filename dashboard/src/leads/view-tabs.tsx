import { Link } from 'wouter';
import { useLists } from './lists-and-owners.ts';
import { savedViews, type Tab, tabOf } from './saved-views.ts';
import { addressOf } from './use-view.ts';
import { queryOf, type View } from './view.ts';
import './view-tabs.css';

/** All leads, each list of the tenant, and the views that everybody has. */
export function ViewTabs({ view }: { view: View }) {
  const lists = useLists();
  const tabs: Tab[] = [
    { name: 'All', view: {} },
    ...lists.map(({ name }) => ({ name, view: { list: name } })),
    ...savedViews,
  ];
  const current = tabOf(view, tabs);
  return (
    <nav aria-label="Lists and views" className="view-tabs">
      {tabs.map((tab) => (
        <Link key={queryOf(tab.view)} href={addressOf(tab.view)} aria-current={tab === current ? 'page' : undefined}>
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
