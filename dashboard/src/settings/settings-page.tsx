import { Anchor, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'wouter';
import type { Role } from '../../../lambdas/api/schemas/me.ts';
import { EmailsSection } from './emails-section.tsx';
import { HealthSection } from './health-section.tsx';
import { PagesSection } from './pages/pages-section.tsx';
import { type Section, type SectionId, sectionOf, sectionsFor } from './sections.ts';
import classes from './settings.module.css';
import { SlackSection } from './slack-section.tsx';
import { StatusesSection } from './statuses/statuses-section.tsx';
import { UsersSection } from './users/users-section.tsx';
import { useMe } from '../session/me.ts';
import { PageHead } from '../shell/page-head.tsx';
import './styles.ts';

const shown: Record<SectionId, (props: { role: Role }) => React.ReactNode> = {
  pages: PagesSection,
  slack: SlackSection,
  email: EmailsSection,
  statuses: StatusesSection,
  users: UsersSection,
  health: HealthSection,
};

/** The settings of the tenant, one part at a time; each role sees its own. */
export function SettingsPage() {
  const { role } = useMe();
  const { '*': name } = useParams<{ '*'?: string }>();
  const section = sectionOf(name, role);
  const Shown = section && shown[section.id];
  return (
    <>
      <PageHead title={section ? `Settings: ${section.label}` : 'Settings'}>
        <Anchor component={Link} href="/setup" size="sm">
          Setup checklist
        </Anchor>
      </PageHead>
      <Stack gap="md" className={classes.page}>
        <Sections of={sectionsFor(role)} now={section} />
        {Shown ? <Shown role={role} /> : <Text>This is not for your role. An admin of your team can change it.</Text>}
      </Stack>
    </>
  );
}

const Sections = ({ of, now }: { of: Section[]; now: Section | undefined }) => (
  <nav aria-label="Settings" className={classes.nav}>
    {of.map(({ id, label }) => (
      <Link
        key={id}
        href={`/settings/${id}`}
        className={classes.link}
        {...(id === now?.id && { 'aria-current': 'page' as const })}
      >
        {label}
      </Link>
    ))}
  </nav>
);
