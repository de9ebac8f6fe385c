import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { StateBadge } from '../parts/state-badge.tsx';
import { clockOrDay, shortTime } from '../time/when.ts';
import { differenceInWords, fetchedInWords, webhookStates } from './account-states.ts';
import { AdviceList } from './advice-list.tsx';
import { type Reader, adviceOn } from './advice.ts';
import { columns } from './columns.ts';
import classes from './completeness.module.css';

/** One account with its counts; beneath it what needs somebody. */
export function AccountRow({ row, reader }: { row: Completeness; reader: Reader }) {
  const { timeZone } = reader;
  const advice = adviceOn(row, reader);
  const isKnown = row.compared_until !== null;
  return (
    <>
      <tr role="row" className={advice.length > 0 ? classes.advised : undefined}>
        <th role="rowheader" scope="row" className={classes.account}>
          {row.source_label}
          <div className="quiet small">{accountInWords(row)}</div>
          {row.since !== null && <div className="quiet small">since {shortTime(row.since, timeZone)}</div>}
        </th>
        <Cell column="ours">{isKnown ? row.ours : '–'}</Cell>
        <Cell column="vendor">{isKnown ? row.vendor : '–'}</Cell>
        <Cell column="difference">
          <span className={row.difference > 0 ? classes.differs : undefined}>
            {isKnown ? differenceInWords(row.difference) : '–'}
          </span>
        </Cell>
        <Cell column="until">{row.compared_until === null ? 'Never' : clockOrDay(row.compared_until, timeZone)}</Cell>
        <Cell column="fetched">{fetchedInWords(row, timeZone)}</Cell>
        <Cell column="webhook">
          {row.webhook === null ? 'Not known' : <StateBadge {...webhookStates[row.webhook]} />}
        </Cell>
      </tr>
      {advice.length > 0 && (
        <tr role="row" className={classes.advice}>
          <td role="cell" colSpan={Object.keys(columns).length}>
            <AdviceList advice={advice} />
          </td>
        </tr>
      )}
    </>
  );
}

const Cell = ({ column, children }: { column: keyof typeof columns; children: React.ReactNode }) => (
  <td role="cell" className="number" data-label={columns[column]}>
    {children}
  </td>
);

const accountInWords = ({ account, account_name }: Completeness) =>
  account_name === null ? account : `${account_name} · ${account}`;
