import type { Alarms } from './alarms.ts';
import { counted, highest } from './metrics.ts';

/** How long past its time a lead may wait before a person should know. */
const OVERDUE_SECONDS = 900;

/** After this many leads in a row that the lookup bucket does not know, it is the bucket and not the leads. */
const MISSES_IN_A_ROW = 20;

/** The alarms about telling: leads that wait too long, channels and owner directories that refuse. */
export function raiseProcessAlarms(stage: string, alarms: Alarms) {
  alarms.raise({
    runbook: 'due-and-not-told',
    impact: 'A lead is told 15 minutes late or later, since a channel does not take it.',
    metric: highest(stage, 'OverdueSeconds'),
    atLeast: OVERDUE_SECONDS,
  });
  alarms.raise({
    runbook: 'channel-refuses',
    impact:
      'A channel refuses alerts for good, such as a revoked Slack URL: leads are told on the other channel or on none.',
    metric: counted(stage, 'ChannelRefused'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'owner-directory-refuses',
    impact: 'An owner directory refuses us, such as a revoked API key: leads are told without their owner.',
    metric: counted(stage, 'DirectoryRefused'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'lookup-knows-no-lead',
    impact: `The lookup bucket did not know ${MISSES_IN_A_ROW} leads in a row: leads are told as unassigned.`,
    metric: highest(stage, 'LookupMissesInARow'),
    atLeast: MISSES_IN_A_ROW,
  });
  alarms.raise({
    runbook: 'lead-given-up',
    impact: 'A lead was parked untold: every channel refused it, or it waited for 24 hours.',
    metric: counted(stage, 'GaveUp'),
    atLeast: 1,
  });
}
