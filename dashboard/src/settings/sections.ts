import type { Role } from '../../../lambdas/api/schemas/me.ts';

/** The parts of the settings, each under its own address, and who sees them. */
const sections = [
  { id: 'pages', label: 'Meta pages', roles: ['manager', 'admin'] },
  { id: 'slack', label: 'Slack', roles: ['admin'] },
  { id: 'email', label: 'E-mail', roles: ['admin'] },
  { id: 'statuses', label: 'Statuses', roles: ['admin'] },
  { id: 'users', label: 'Users', roles: ['admin'] },
  { id: 'health', label: 'Health', roles: ['admin'] },
] as const satisfies { id: string; label: string; roles: readonly Role[] }[];
export type Section = (typeof sections)[number];
export type SectionId = Section['id'];

export const sectionsFor = (role: Role): Section[] =>
  sections.filter(({ roles }) => (roles as readonly Role[]).includes(role));

/** The one that an address names, the first one where it names none; `undefined` where it is not for this role. */
export const sectionOf = (name: string | undefined, role: Role): Section | undefined => {
  const seen = sectionsFor(role);
  return name === undefined || name === '' ? seen[0] : seen.find(({ id }) => id === name);
};
