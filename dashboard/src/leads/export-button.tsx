import '@mantine/core/styles/Text.layer.css';
import '@mantine/core/styles/Anchor.layer.css';
import { Anchor, Button, Group, Text } from '@mantine/core';
import type { LeadFilter } from '../api/types.ts';
import { isAtLeast, useMe } from '../session/me.ts';
import { type ExportState, useExport } from './use-export.ts';

/** Saves the leads of the view as a CSV file and says how far it is; managers and admins only. */
export function ExportButton({ filter }: { filter: LeadFilter }) {
  const me = useMe();
  const { state, start } = useExport();
  if (!isAtLeast(me, 'manager')) return null;
  return (
    <Group gap="xs">
      <Button variant="default" loading={state.is === 'running'} onClick={() => void start(filter)}>
        Export
      </Button>
      <Text size="sm" component="div" role="status">
        <Said state={state} />
      </Text>
    </Group>
  );
}

function Said({ state }: { state: ExportState }) {
  if (state.is === 'idle') return null;
  if (state.is === 'failed') return state.says;
  const leads = `${state.count.toLocaleString('en')} ${state.count === 1 ? 'lead' : 'leads'}`;
  if (state.is === 'running') return state.count > 0 ? `${leads} so far …` : 'Exporting …';
  if (state.is === 'saved') return `${leads} saved.`;
  return (
    <>
      {leads}: <Anchor href={state.url}>download</Anchor>, good for some minutes.
    </>
  );
}
