import { useLocation, useSearch } from 'wouter';
import { queryOf, type View, viewIn } from './view.ts';

/** The view that the address names, and how to go to another. */
export function useView(): { view: View; setView: (view: View) => void } {
  const view = viewIn(new URLSearchParams(useSearch()));
  const [, navigate] = useLocation();
  return { view, setView: (next) => navigate(addressOf(next)) };
}

/** The address of a view. */
export const addressOf = (view: View): string => {
  const query = queryOf(view);
  return query ? `/?${query}` : '/';
};
