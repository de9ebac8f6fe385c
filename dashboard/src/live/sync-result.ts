import type { Compared } from './compare.ts';

/** What a vendor’s own records say, against what is stored. */
export interface VendorResult {
  source: string;
  label: string;
  compared: number;
  missing: number;
}

/** What a full check came to; vendors are `null` where they were not asked. */
export interface SyncResult {
  stored: Compared;
  vendors: VendorResult[] | null;
}

const leads = (count: number) => (count === 1 ? '1 lead' : `${count} leads`);
const was = (count: number) => (count === 1 ? 'was' : 'were');
const is = (count: number) => (count === 1 ? 'is' : 'are');

/** The result as people read it. */
export function inWords({ stored, vendors }: SyncResult): string {
  return [...storedInWords(stored), ...(vendors ?? []).map(vendorInWords)].join(' ');
}

function storedInWords({ compared, missing, changed, gone }: Compared): string[] {
  if (compared + gone === 0) return ['Everything is here: nothing is stored for this view.'];
  if (missing + changed + gone === 0) return [`Everything is here: ${leads(compared)} compared, none was missing.`];
  return [
    ...(missing > 0 ? [`${leads(missing)} ${was(missing)} missing and ${is(missing)} shown now.`] : []),
    ...(changed > 0 ? [`${leads(changed)} had changed and ${is(changed)} up to date now.`] : []),
    ...(gone > 0
      ? [`${leads(gone)} no longer ${gone === 1 ? 'belongs' : 'belong'} here and ${was(gone)} taken out.`]
      : []),
  ];
}

const vendorInWords = ({ label, compared, missing }: VendorResult) =>
  missing === 0
    ? `${label}: ${leads(compared)} compared, none was missing.`
    : `${label}: ${leads(missing)} of ${compared} ${was(missing)} missing.`;
