import { useEffect, useState } from 'react';
import { usePill } from './live-state.ts';
import './pill.css';

/** How the live connection stands, in words. Read out when the kind changes, not each second. */
export function Pill() {
  const { kind, text } = usePill();
  return (
    <>
      <span className="pill" data-kind={kind} aria-hidden>
        {text}
      </span>
      <Spoken kind={kind} text={text} />
    </>
  );
}

function Spoken({ kind, text }: ReturnType<typeof usePill>) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid(text);
    // The text counts seconds; only another kind is worth hearing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [kind]);
  return (
    <span className="hidden" role="status">
      {said && `Live connection: ${said}`}
    </span>
  );
}
