import { Duration } from 'aws-cdk-lib';
import type { Alarms } from './alarms.ts';
import { counted, highest } from './metrics.ts';

/** The alarms about what got lost on its way: it is started again, but something let it get lost. */
export function raiseSweepAlarms(stage: string, alarms: Alarms) {
  alarms.raise({
    runbook: 'rescued',
    impact:
      'Deliveries or leads got lost on their way, were found and started again, and are told late: something else is broken.',
    metric: counted(stage, 'Rescued'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'rescued-in-vain',
    impact:
      'A delivery or a lead was started again three times and got lost each time: nobody is told of it, and nothing more is tried.',
    // Every look reports it, for a day: it rings on between two of them.
    metric: highest(stage, 'RescuedInVain', Duration.hours(1)),
    atLeast: 1,
  });
}
