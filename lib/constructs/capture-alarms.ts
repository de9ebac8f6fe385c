import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from './alarms.ts';
import { counted, highest } from './metrics.ts';

/** How long a lead may wait for its vendor before a person should know. */
const LATE_SECONDS = 900;

/** The alarms about reading: deliveries that nobody reads, which are returned, and leads that their vendor does not let us read. */
export function raiseCaptureAlarms(stage: string, alarms: Alarms): Alarm[] {
  const allUnread = alarms.raise({
    runbook: 'stored-and-not-captured',
    impact: 'Deliveries are stored and none of them is read: new leads reach nobody.',
    metric: highest(stage, 'Captured', Duration.minutes(15)),
    below: 1,
    periods: 2,
  });
  const someUnread = alarms.raise({
    runbook: 'delivery-was-not-read',
    impact:
      'A delivery was stored and not read by the time when all its tries are over: what it holds reaches nobody until it is found.',
    metric: counted(stage, 'Awaited'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'page-token-refused',
    impact:
      'A vendor does not let us read the leads of a page or portal, such as with an expired token: they are parked until the token is replaced.',
    metric: highest(stage, 'TokenRefused'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'page-of-nobody',
    impact: 'Leads came from a page or portal that no tenant has: they are kept and told to nobody until it is added.',
    metric: counted(stage, 'NoRoute'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'lead-details-are-late',
    impact: 'A lead could not be read at its vendor for 15 minutes or longer; nobody knows of it until it can.',
    metric: highest(stage, 'DetailsLateSeconds'),
    atLeast: LATE_SECONDS,
  });
  alarms.raise({
    runbook: 'event-is-broken',
    impact: 'An event could not be understood, or its vendor has no such lead (any more): nobody was told of it.',
    metric: counted(stage, 'Broken'),
    atLeast: 1,
  });
  return [allUnread, someUnread];
}
