import { Code, Stack, Text } from '@mantine/core';
import type { Examination } from '../../../lambdas/api/schemas/doctor.ts';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { Age } from '../time/age.tsx';
import { Panel } from './panel.tsx';

type Finding = Examination['findings'][number];

/** What the doctor found at its last examination; what is wrong comes first. */
export function HealthSection() {
  const examination = useResource<Examination>('/doctor');
  return (
    <Panel title="Health" says="Every hour it is looked whether everything is set up, here and at the vendors.">
      <Loaded of={examination}>{(shown) => <Found {...shown} />}</Loaded>
    </Panel>
  );
}

function Found({ examined_at, findings }: Examination) {
  if (examined_at === null)
    return <Text size="sm">Nothing was looked at yet. The first examination is an hour after the deployment.</Text>;
  const ills = [...findings].filter(({ state }) => state !== 'ok').sort((a, b) => rank(a) - rank(b));
  const fine = findings.filter(({ state }) => state === 'ok');
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        Looked at {findings.length} things, <Age at={examined_at} /> ago:{' '}
        {ills.length === 0 ? 'all is well.' : 'see below.'}
      </Text>
      {ills.map((finding, index) => (
        <Ill key={index} {...finding} />
      ))}
      <details>
        <summary>What is well ({fine.length})</summary>
        <ul>
          {fine.map(({ cause }, index) => (
            <li key={index}>{cause}</li>
          ))}
        </ul>
      </details>
    </Stack>
  );
}

const rank = ({ state }: Finding) => (state === 'wrong' ? 0 : 1);

const Ill = ({ state, cause, consequence, cure }: Finding) => (
  <div>
    <StateBadge label={state === 'wrong' ? 'Wrong' : 'Not known'} color={state === 'wrong' ? 'red' : 'orange'} />
    <Text size="sm">{cause}</Text>
    <Text size="sm" c="dimmed">
      {consequence}
    </Text>
    <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {cure}
    </Code>
  </div>
);
