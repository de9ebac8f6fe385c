import { Button } from '@mantine/core';
import { useState } from 'react';
import { lazyPart } from '../shell/lazy-part.tsx';

const AddLeadDialog = lazyPart(async () => (await import('./add-lead-dialog.tsx')).AddLeadDialog, <></>);

/** A button that opens the form to add a lead by hand. */
export function AddLead() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Add lead</Button>
      {isOpen && <AddLeadDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
