import { useEffect } from 'react';

let page = '';
let unseen = 0;

function show() {
  document.title = `${unseen > 0 ? `(${unseen}) ` : ''}${page ? `${page} · ` : ''}Lead Relay`;
}

/** Names the tab for as long as the page is shown. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    page = title;
    show();
  }, [title]);
}

/** Counts in the tab’s name what nobody has looked at. */
export function showUnseen(count: number): void {
  unseen = count;
  show();
}
