import { type RefObject, useEffect } from 'react';

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;

/** j and k, or the arrows once a lead has the focus, go from lead to lead; Enter opens, as with any link; / goes to the search. */
export function useListKeys(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '/') {
        event.preventDefault();
        search.current?.focus();
        return;
      }
      const step = steps[event.key];
      if (step && moveFocus(step, event.key.startsWith('Arrow'))) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [search]);
}

/** Whether the focus moved; arrows scroll the page as ever while no lead has it. */
function moveFocus(step: number, isArrow: boolean): boolean {
  const links = [...document.querySelectorAll<HTMLElement>('[data-lead-link]')];
  const current = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  if (isArrow && current === -1) return false;
  const next = links[current === -1 ? 0 : current + step];
  next?.focus({ preventScroll: true });
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return true;
}
