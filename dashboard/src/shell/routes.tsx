import { Route, Switch } from 'wouter';
import { LeadsPage } from '../leads/leads-page.tsx';
import { lazyPart } from './lazy-part.tsx';
import { NotFound } from './not-found.tsx';

const LeadPage = lazyPart(async () => (await import('../lead/lead-page.tsx')).LeadPage);
const TracePage = lazyPart(async () => (await import('../trace/trace-page.tsx')).TracePage);
const StatsPage = lazyPart(async () => (await import('../stats/stats-page.tsx')).StatsPage);
const CompletenessPage = lazyPart(async () => (await import('../completeness/completeness-page.tsx')).CompletenessPage);
const SettingsPage = lazyPart(async () => (await import('../settings/settings-page.tsx')).SettingsPage);
const DeliveriesPage = lazyPart(async () => (await import('../deliveries/deliveries-page.tsx')).DeliveriesPage);
const DeliveryPage = lazyPart(async () => (await import('../deliveries/delivery-page.tsx')).DeliveryPage);
const SetupPage = lazyPart(async () => (await import('../setup/setup-page.tsx')).SetupPage);

/** Which page an address shows. */
export const Routes = () => (
  <Switch>
    <Route path="/" component={LeadsPage} />
    <Route path="/leads/:id/trace">{({ id }) => <TracePage key={id} id={id} />}</Route>
    <Route path="/leads/:id">{({ id }) => <LeadPage key={id} id={id} />}</Route>
    <Route path="/stats">
      <StatsPage />
    </Route>
    <Route path="/completeness">
      <CompletenessPage />
    </Route>
    <Route path="/settings/*?">
      <SettingsPage />
    </Route>
    <Route path="/deliveries/:name">{({ name }) => <DeliveryPage key={name} name={name} />}</Route>
    <Route path="/deliveries">
      <DeliveriesPage />
    </Route>
    <Route path="/setup">
      <SetupPage />
    </Route>
    <Route component={NotFound} />
  </Switch>
);
