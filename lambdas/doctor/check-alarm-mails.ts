import type { Subscription } from '../core/email-target.ts';
import { type Finding, fine, unknown, wrong } from '../core/finding.ts';

export interface AlarmMailPorts {
  /** Addresses that subscribe to the alarms of the stage. */
  alarmSubscriptions: () => Promise<Subscription[]>;
  /** `--stage prod`. */
  flags: string;
}

/** Whether somebody hears of alarms by e-mail. */
export async function checkAlarmMails({ alarmSubscriptions, flags }: AlarmMailPorts): Promise<Finding[]> {
  const all = await alarmSubscriptions();
  const pending = all.filter(({ isPending }) => isPending).map(({ address }) => address);
  const deploy = `npm run deploy -- ${flags.replace('--stage ', '-c stage=')}`;
  if (pending.length > 0)
    return [
      wrong(
        'alarm-mails',
        {},
        {
          cause: `${pending.join(', ')} has not confirmed that it wants to hear of alarms.`,
          consequence: 'Nobody there is told when something breaks.',
          cure: `Its owner clicks Confirm subscription in the mail of AWS; the link is good for two days, and ${deploy} sends another one once alarmEmail was taken out and set again.`,
        },
      ),
    ];
  if (all.length > 0) return [fine('alarm-mails', {}, 'Alarms are told to everybody who shall hear of them.')];
  return [
    unknown(
      'alarm-mails',
      {},
      {
        cause: 'No e-mail address hears of alarms.',
        consequence: 'Nobody is told when something breaks, unless something else listens to the alarm topic.',
        cure: `Set alarmEmail in cdk.json, then ${deploy}.`,
      },
    ),
  ];
}
