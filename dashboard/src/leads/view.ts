import type { LeadFilter } from '../api/types.ts';

/** What an address says of the view: the filter of the API, where `due` may be the day on which it is opened. */
export type View = Omit<LeadFilter, 'due'> & { due?: string | undefined };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TRUE = /^true$/;

const forms: Record<keyof View, RegExp> = {
  list: /^.{1,100}$/u,
  source: /^(close|meta|hubspot|manual)$/,
  category: /^(pending|subscribed|terminated)$/,
  status: /^[a-z][a-z0-9_]{0,29}$/,
  owner: /^[0-9a-f]{16}$/,
  mine: TRUE,
  unowned: TRUE,
  untouched: TRUE,
  due: /^(today|\d{4}-\d{2}-\d{2})$/,
  test: TRUE,
  from: DAY,
  to: DAY,
};

/** The view that an address names; what is not of its form is left out. */
export function viewIn(params: URLSearchParams): View {
  const parts = Object.entries(forms).flatMap(([key, form]) => {
    const value = params.get(key);
    return value !== null && form.test(value) ? [[key, value]] : [];
  });
  return Object.fromEntries(parts) as View;
}

/** The query that names a view, in one order, so that the same view has the same address. */
export function queryOf(view: View): string {
  const params = new URLSearchParams();
  for (const key of Object.keys(forms) as (keyof View)[]) if (view[key]) params.set(key, view[key]);
  return params.toString();
}

/** The filter to ask the API with. */
export function filterOf({ due, ...rest }: View, today: string): LeadFilter {
  return due ? { ...rest, due: due === 'today' ? today : due } : rest;
}

/** A view with one part changed; nothing takes the part out. */
export function withPart<K extends keyof View>(view: View, key: K, value: View[K] | undefined): View {
  const { [key]: _, ...rest } = view;
  return value ? { ...rest, [key]: value } : rest;
}
