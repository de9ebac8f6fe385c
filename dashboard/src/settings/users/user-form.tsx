import { Button, Group, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { User } from '../../../../lambdas/api/schemas/settings.ts';
import { fieldOrNull } from '../../parts/field.ts';
import classes from '../settings.module.css';
import type { UserChange } from '../types.ts';

const MOST_NAMES = 20;

interface UserFormProps {
  user: User;
  isBusy: boolean;
  onSave: (change: UserChange) => void;
}

/** Changes by which names and ids other systems know somebody. */
export function UserForm({ user, isBusy, onSave }: UserFormProps) {
  const [names, setNames] = useState(user.names);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        onSave({
          version: user.version,
          names,
          close_user_id: fieldOrNull(form, 'close'),
          hubspot_owner_id: fieldOrNull(form, 'hubspot'),
          slack_member_id: fieldOrNull(form, 'slack'),
        });
      }}
    >
      <div className={classes.fields}>
        <TagsInput
          label="Names"
          description="As CRMs write them; Enter adds one"
          value={names}
          onChange={setNames}
          maxTags={MOST_NAMES}
          clearable={false}
          // A name may have a comma: Hopper, Grace.
          splitChars={[]}
          acceptValueOnBlur
        />
        <TextInput
          name="close"
          label="Close user id"
          description="Begins with user_"
          defaultValue={user.close_user_id ?? ''}
          pattern="user_[A-Za-z0-9]{1,60}"
          title="Begins with user_"
          autoComplete="off"
        />
        <TextInput
          name="hubspot"
          label="HubSpot owner id"
          description="Digits"
          defaultValue={user.hubspot_owner_id ?? ''}
          pattern="\d{1,20}"
          title="Digits only"
          autoComplete="off"
        />
        <TextInput
          name="slack"
          label="Slack member id"
          description="Begins with U or W"
          defaultValue={user.slack_member_id ?? ''}
          pattern="[UW][A-Z0-9]{5,20}"
          title="As U024BE7LH"
          autoComplete="off"
        />
      </div>
      <Group my="sm">
        <Button type="submit" size="xs" loading={isBusy}>
          Save
        </Button>
      </Group>
    </form>
  );
}
