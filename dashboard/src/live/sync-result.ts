import type { Compared } from './compare.ts';

/** What a vendor’s own records say, against what is stored. */
export interface VendorResult {
  source: string;
  label: string;
  compared: number;
  missing: number;
}

/** What else is to be said of a comparison with the vendors. */
export interface VendorNews {
  /** Deliveries that no webhook had brought. */
  fetched: number;
  /** In sentences: which vendor could not be asked and why, or why nothing is known yet. */
  says: string[];
}

/** What a full check came to; vendors are `null` where they were not asked. */
export interface SyncResult {
  stored: Compared;
  vendors: VendorResult[] | null;
  news?: VendorNews;
}

const leads = (count: number) => (count === 1 ? '1 lead' : `${count} leads`);
const was = (count: number) => (count === 1 ? 'was' : 'were');
const is = (count: number) => (count === 1 ? 'is' : 'are');

/** The result as people read it. */
export const inWords = ({ stored, vendors, news }: SyncResult): string =>
  [...storedInWords(stored), ...vendorsInWords(vendors ?? []), ...newsInWords(news)].join(' ');

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

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function vendorsInWords(vendors: VendorResult[]): string[] {
  const complete = vendors.filter(({ missing }) => missing === 0);
  const count = complete.reduce((sum, { compared }) => sum + compared, 0);
  const labels = names.format(complete.map(({ label }) => label));
  return [
    ...(complete.length > 0 ? [`Compared with ${labels}: ${count} there, ${count} here.`] : []),
    ...vendors
      .filter(({ missing }) => missing !== 0)
      .map(({ label, compared, missing }) => `${label}: ${leads(missing)} of ${compared} ${was(missing)} missing.`),
  ];
}

const newsInWords = ({ fetched, says }: VendorNews = { fetched: 0, says: [] }): string[] => [
  ...(fetched > 0
    ? [`${fetched === 1 ? '1 delivery' : `${fetched} deliveries`} had not come in and ${has(fetched)} been fetched.`]
    : []),
  ...says,
];
const has = (count: number) => (count === 1 ? 'has' : 'have');
