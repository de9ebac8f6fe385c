import { Alert, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useKeep, useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { TestButton } from '../parts/test-button.tsx';
import { Panel } from './panel.tsx';
import { SecretForm } from './secret-form.tsx';
import type { SlackTarget } from './types.ts';
import { dataOf } from '../api/data-of.ts';

const path = '/settings/slack';

/** Where in Slack the team is told. */
export function SlackSection() {
  const slack = useResource<SlackTarget>(path);
  const keep = useKeep();
  const [isSaved, setIsSaved] = useState(false);
  return (
    <Panel
      title="Slack"
      says="New leads are told in the channel of this webhook. In Slack: your app, Incoming Webhooks, Add New Webhook."
    >
      <Loaded of={slack}>
        {({ is_on, is_set }) => (
          <>
            <Group gap="xs">
              <Text size="sm">Webhook URL:</Text>
              <StateBadge label={is_set ? 'Set' : 'Missing'} color={is_set ? 'teal' : 'orange'} />
            </Group>
            {!is_on && (
              <Alert color="orange" p="xs">
                Slack is switched off in the settings of this stage: nobody is told there until the platform team
                switches it on.
              </Alert>
            )}
            <SecretForm
              label={is_set ? 'Another webhook URL' : 'Webhook URL'}
              description="Begins with https://hooks.slack.com/services/. It is never shown again."
              save={is_set ? 'Replace' : 'Save'}
              onSave={async (url) => {
                setIsSaved(false);
                keep(path, await dataOf<SlackTarget>(path, { method: 'PUT', body: { url } }));
                setIsSaved(true);
              }}
            />
            <div role="status">
              {isSaved && <Text size="sm">Saved. Send a test message to see that it arrives.</Text>}
            </div>
            {is_set && <TestButton label="Send a test message" path={`${path}/test`} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
