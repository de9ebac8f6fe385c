import { type ReactNode, useEffect, useRef } from 'react';
import { useDocumentTitle } from './document-title.ts';

/** The first page that opens leaves the focus where the browser puts it. */
let hasOpened = false;

/** The heading of a page: names the tab, and takes the focus when somebody comes here from another page. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    if (hasOpened) heading.current?.focus({ preventScroll: true });
    hasOpened = true;
  }, []);
  return (
    <div className="page-head">
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </div>
  );
}
