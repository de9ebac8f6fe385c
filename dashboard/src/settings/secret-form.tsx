import { Button, Group, PasswordInput } from '@mantine/core';
import { useSubmit } from '../api/use-submit.ts';
import { Problem } from '../parts/problem.tsx';
import { fieldOf } from '../parts/field.ts';

interface SecretFormProps {
  label: string;
  description: string;
  /** What the button says. */
  save: string;
  onSave: (secret: string) => Promise<void>;
}

/** Takes a secret, hands it on, and forgets it: it is in the field alone, which is emptied once it is saved. */
export function SecretForm({ label, description, save, onSave }: SecretFormProps) {
  const { isBusy, problem, submit } = useSubmit();
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        void submit(async () => {
          await onSave(fieldOf(form, 'secret'));
          form.reset();
        });
      }}
    >
      <Group align="flex-end" gap="xs">
        <PasswordInput
          flex="1 1 16rem"
          name="secret"
          label={label}
          description={description}
          autoComplete="new-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isBusy}>
          {save}
        </Button>
      </Group>
      <Problem says={problem} />
    </form>
  );
}
