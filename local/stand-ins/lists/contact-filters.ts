/** A condition of HubSpot's search. */
export interface ContactFilter {
  propertyName: string;
  operator: string;
  value?: string | undefined;
  highValue?: string | undefined;
  values?: string[] | undefined;
}

interface Sql {
  where: string;
  values: (string | number)[];
}

const dates: Record<string, string> = {
  createdate: 'made',
  lastmodifieddate: 'changed',
  hs_lastmodifieddate: 'changed',
};

/** Where the value of a property is found; names are letters, digits and `_` only. */
export function columnOf(property: string): string {
  if (property === 'hs_object_id') return 'CAST(id AS INTEGER)';
  return Object.hasOwn(dates, property)
    ? String(dates[property])
    : `json_extract(json_extract(answer, '$.body'), '$.properties.${property}')`;
}

const signs: Record<string, string> = { EQ: '=', NEQ: '<>', LT: '<', LTE: '<=', GT: '>', GTE: '>=' };

/** Groups of conditions in SQL: all of one group hold. Nothing where one has an operator that is not known. */
export function contactFilters(groups: { filters: ContactFilter[] }[]): Sql | undefined {
  const parts = groups.map(({ filters }) => joined(filters.map(conditionOf), ' AND '));
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? joined(known, ' OR ') : undefined;
}

function joined(parts: (Sql | undefined)[], by: string): Sql | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  if (known.length === 0) return { where: 'TRUE', values: [] };
  return { where: known.map(({ where }) => `(${where})`).join(by), values: known.flatMap(({ values }) => values) };
}

function conditionOf({
  propertyName,
  operator,
  value = '',
  highValue = '',
  values = [],
}: ContactFilter): Sql | undefined {
  const column = columnOf(propertyName);
  const of = (text: string) => valueOf(propertyName, text);
  if (Object.hasOwn(signs, operator)) return { where: `${column} ${signs[operator]} ?`, values: [of(value)] };
  switch (operator) {
    case 'BETWEEN':
      return { where: `${column} BETWEEN ? AND ?`, values: [of(value), of(highValue)] };
    case 'IN':
      return { where: `${column} IN (${values.map(() => '?').join(', ')})`, values: values.map(of) };
    case 'HAS_PROPERTY':
      return { where: `${column} IS NOT NULL`, values: [] };
    case 'NOT_HAS_PROPERTY':
      return { where: `${column} IS NULL`, values: [] };
    default:
      return undefined;
  }
}

/** Dates are milliseconds or ISO 8601. */
function valueOf(property: string, text: string): string | number {
  const isNumber = property === 'hs_object_id' || Object.hasOwn(dates, property);
  if (!isNumber) return text;
  return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text) || 0;
}
