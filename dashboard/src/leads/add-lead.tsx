import './add-lead-styles.ts';
import { Stack } from '@mantine/core';
import { useLocation } from 'wouter';
import { AddLeadForm } from './add-lead-form.tsx';

/** The page that adds a lead by hand; it goes on to the lead. */
export function AddLead() {
  const [, go] = useLocation();
  return (
    <Stack gap="md" maw="32rem">
      <h1>Add a lead</h1>
      <AddLeadForm
        onAdded={({ id }) => go(`/leads/${encodeURIComponent(id)}`, { replace: true })}
        onCancel={() => go('/')}
      />
    </Stack>
  );
}
