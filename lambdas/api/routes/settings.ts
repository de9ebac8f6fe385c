import type { OverviewPorts } from '../overview.ts';
import type { PagePorts } from '../pages.ts';
import { routes } from '../route.ts';
import { emailRoutes } from './settings-emails.ts';
import { overviewRoutes } from './settings-overview.ts';
import { pageRoutes } from './settings-pages.ts';
import { type SlackPorts, slackRoutes } from './settings-slack.ts';
import { type StatusPorts, statusRoutes } from './settings-statuses.ts';
import { type UserPorts, userRoutes } from './settings-users.ts';
import { type VerifyTokenPorts, verifyTokenRoutes } from './settings-verify-token.ts';

export interface SettingPorts extends OverviewPorts, PagePorts, VerifyTokenPorts, SlackPorts, StatusPorts, UserPorts {}

const modules = [overviewRoutes, pageRoutes, verifyTokenRoutes, slackRoutes, emailRoutes, statusRoutes, userRoutes];

/** What people set for their tenant. */
export function settingRoutes(ports: SettingPorts) {
  const all = routes();
  for (const routesOf of modules) all.route('/', routesOf(ports));
  return all;
}
