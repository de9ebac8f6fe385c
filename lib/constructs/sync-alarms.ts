import type { Alarms } from './alarms.ts';
import { counted } from './metrics.ts';

/** The alarms about what vendors have and we had not. */
export function raiseSyncAlarms(stage: string, alarms: Alarms) {
  alarms.raise({
    runbook: 'leads-were-missing',
    impact:
      'No webhook brought leads that a vendor has. They were fetched and are told late: something on the way from the vendor is broken.',
    metric: counted(stage, 'LeadsMissing'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'sync-refused',
    impact: 'A vendor does not let us compare: whether leads of that account are missing is not known.',
    metric: counted(stage, 'SyncRefused'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'webhook-is-off',
    impact: 'A vendor posts to us no longer, and can not be asked to: its leads come late, by comparison only.',
    metric: counted(stage, 'WebhookOff'),
    atLeast: 1,
  });
  alarms.raise({
    runbook: 'webhook-was-woken',
    impact: 'A vendor had stopped to post to us, and does again since we asked: what came meanwhile is fetched.',
    metric: counted(stage, 'WebhookWoken'),
    atLeast: 1,
  });
}
