import { Button, CopyButton, Group, TextInput } from '@mantine/core';

interface CopyFieldProps {
  label: string;
  value: string;
  description?: string;
}

/** A text that is entered elsewhere, with a button that copies it. */
export const CopyField = ({ label, value, description }: CopyFieldProps) => (
  <Group align="flex-end" gap="xs" wrap="nowrap">
    <TextInput
      flex={1}
      miw={0}
      readOnly
      label={label}
      description={description}
      value={value}
      onFocus={(event) => event.currentTarget.select()}
    />
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy} aria-label={copied ? `Copied: ${label}` : `Copy: ${label}`}>
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
      )}
    </CopyButton>
  </Group>
);
