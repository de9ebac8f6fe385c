import type { Finding, State, Subject } from '../../lambdas/core/finding.ts';
import { sources } from '../../lambdas/sources/registry.ts';

const words: Record<State, string> = { ok: 'ok', wrong: 'WRONG', unknown: 'not known' };
const WIDTH = 'not known'.length + 2;

export const isWell = (found: Finding[]): boolean => !found.some(({ state }) => state === 'wrong');

/** For people: by tenant, with what is wrong behind what is right, so that it is read last. */
export function asText(found: Finding[]): string {
  const groups = [...Map.groupBy(found, ({ of }) => of.tenant)].flatMap(([tenant, ofTenant]) => [
    '',
    tenant === undefined ? 'The stage' : `Tenant ${tenant}`,
    ...(['ok', 'unknown', 'wrong'] as const).flatMap((state) =>
      ofTenant.filter((one) => one.state === state).flatMap(linesOf),
    ),
  ]);
  const count = (state: State) => found.filter((one) => one.state === state).length;
  const sum = `${found.length} things looked at: ${count('wrong')} wrong, ${count('unknown')} not known.`;
  return [...groups, '', sum].join('\n');
}

export const asJson = (found: Finding[]): string => JSON.stringify({ ok: isWell(found), findings: found }, null, 2);

function linesOf({ state, of, cause, consequence, cure }: Finding): string[] {
  const indent = ' '.repeat(2 + WIDTH);
  const about = nameOf(of);
  return [
    `  ${words[state].padEnd(WIDTH)}${about ? `${about}: ` : ''}${cause}`,
    ...(consequence === null ? [] : [`${indent}${consequence}`]),
    ...(cure === null ? [] : [`${indent}→ ${cure}`]),
  ];
}

/** `Meta, 123456`. */
function nameOf({ source, account }: Subject): string {
  const label = Object.values(sources).find(({ id }) => id === source)?.label ?? source;
  return [label, account].filter(Boolean).join(', ');
}
