import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LeadDetail } from '../../../lambdas/api/schemas/lead.ts';
import { useSubmit } from '../api/use-submit.ts';
import { fieldOf } from '../parts/field.ts';
import { Problem } from '../parts/problem.tsx';
import { bodyOf, errorsIn, type NewLeadErrors, type NewLeadFields } from './new-lead.ts';
import { dataOf } from '../api/data-of.ts';

interface AddLeadFormProps {
  onAdded: (lead: LeadDetail) => void;
  onCancel: () => void;
}

/** Adds a lead by hand. Its key is made once, so that a second click adds no second one. */
export function AddLeadForm({ onAdded, onCancel }: AddLeadFormProps) {
  const [key] = useState(() => crypto.randomUUID());
  const [errors, setErrors] = useState<NewLeadErrors>({});
  const { isBusy, problem, submit } = useSubmit();
  return (
    <form
      noValidate
      // What was wrong is said until somebody mends it.
      onChange={() => setErrors({})}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const fields = fieldsOf(form);
        const found = errorsIn(fields);
        setErrors(found);
        const [wrong] = Object.keys(found);
        if (wrong === undefined)
          void submit(async () =>
            onAdded(await dataOf<LeadDetail>('/leads', { method: 'POST', body: bodyOf(key, fields) })),
          );
        else form.querySelector<HTMLElement>(`[name="${wrong === 'form' ? 'name' : wrong}"]`)?.focus();
      }}
    >
      <Stack gap="sm">
        <TextInput name="name" label="Name" error={errors.name} autoComplete="off" data-autofocus />
        <TextInput name="email" type="email" label="E-mail" error={errors.email} autoComplete="off" />
        <TextInput name="phone" type="tel" label="Phone" error={errors.phone} autoComplete="off" />
        <TextInput name="company" label="Company" error={errors.company} autoComplete="off" />
        <Textarea name="notes" label="Notes" rows={3} error={errors.notes} />
        <Checkbox name="alert" label="Tell the team in Slack and by e-mail, at once" />
        <Problem says={errors.form ?? problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy}>
            Add lead
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const fieldsOf = (form: HTMLFormElement): NewLeadFields => ({
  name: fieldOf(form, 'name'),
  email: fieldOf(form, 'email'),
  phone: fieldOf(form, 'phone'),
  company: fieldOf(form, 'company'),
  notes: fieldOf(form, 'notes'),
  alert: fieldOf(form, 'alert') !== '',
});
