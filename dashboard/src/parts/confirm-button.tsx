import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

interface ConfirmButtonProps {
  /** What the first button is called. */
  label: string;
  /** Said for screen readers where many buttons are called the same. */
  about?: string;
  /** What a person is asked, and what the button says that does it. */
  asks: string;
  yes: string;
  isBusy?: boolean;
  onYes: () => void;
}

/** A button that asks before it does anything, where it stands; Escape means no. */
export function ConfirmButton({ label, about, asks, yes, isBusy = false, onYes }: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) no.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  if (!isAsking)
    return (
      <Button
        ref={first}
        size="xs"
        variant="default"
        loading={isBusy}
        aria-label={about ? `${label}: ${about}` : undefined}
        onClick={() => setIsAsking(true)}
      >
        {label}
      </Button>
    );
  return (
    <Group
      role="group"
      aria-label={asks}
      gap="xs"
      onKeyDown={({ key }) => {
        if (key === 'Escape') setIsAsking(false);
      }}
    >
      <Text size="sm">{asks}</Text>
      <Button
        size="xs"
        color="red"
        onClick={() => {
          setIsAsking(false);
          onYes();
        }}
      >
        {yes}
      </Button>
      <Button ref={no} size="xs" variant="default" onClick={() => setIsAsking(false)}>
        Keep
      </Button>
    </Group>
  );
}
