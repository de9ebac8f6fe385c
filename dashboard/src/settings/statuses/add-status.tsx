import { Button, Group, TextInput } from '@mantine/core';
import { fieldOf } from '../../parts/field.ts';

/** Adds a status at the end of the list. */
export const AddStatus = ({ onAdd }: { onAdd: (label: string) => void }) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      const form = event.currentTarget;
      const label = fieldOf(form, 'label');
      if (label === '') return;
      onAdd(label);
      form.reset();
    }}
  >
    <Group align="flex-end" gap="xs">
      <TextInput
        flex="1 1 12rem"
        maw={320}
        name="label"
        label="Add a status"
        maxLength={40}
        required
        withAsterisk={false}
        autoComplete="off"
      />
      <Button type="submit" variant="default">
        Add
      </Button>
    </Group>
  </form>
);
