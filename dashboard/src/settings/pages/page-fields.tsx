import { TextInput } from '@mantine/core';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import { fieldOrNull } from '../../parts/field.ts';
import type { PageChange } from '../types.ts';

/** What people enter of a page besides its id and token. */
export const PageFields = ({ page }: { page?: Page }) => (
  <>
    <TextInput name="name" label="Name" defaultValue={page?.name ?? ''} maxLength={200} autoComplete="off" />
    <TextInput
      name="owner"
      label="Owner"
      description="Whose leads these are, by name"
      defaultValue={page?.owner ?? ''}
      maxLength={200}
      autoComplete="off"
    />
    <TextInput
      name="owner_email"
      type="email"
      label="E-mail address of the owner"
      defaultValue={page?.owner_email ?? ''}
      autoComplete="off"
    />
    <TextInput
      name="country"
      label="Country"
      description="Two letters, for phone numbers without one: DE"
      defaultValue={page?.country ?? ''}
      pattern="[A-Za-z]{2}"
      title="Two letters, as DE"
      maxLength={2}
      autoComplete="off"
    />
  </>
);

/** What stands in them; an empty one empties what is stored. */
export const changeIn = (form: HTMLFormElement): PageChange => ({
  name: fieldOrNull(form, 'name'),
  owner: fieldOrNull(form, 'owner'),
  owner_email: fieldOrNull(form, 'owner_email'),
  country: fieldOrNull(form, 'country')?.toUpperCase() ?? null,
});
