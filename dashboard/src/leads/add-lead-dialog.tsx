import { Modal } from '@mantine/core';
import { useLocation } from 'wouter';
import { AddLeadForm } from './add-lead-form.tsx';
import './add-lead-styles.ts';

/** The form that adds a lead by hand; it goes on to the lead. */
export function AddLeadDialog({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add a lead"
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Locking the page would write a style into it, which the policy refuses.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <AddLeadForm onAdded={({ id }) => go(`/leads/${encodeURIComponent(id)}`)} onCancel={onClose} />
    </Modal>
  );
}
