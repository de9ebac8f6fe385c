import { type Finding, fine, unknown, wrong } from '../core/finding.ts';

/** When each version of the Graph API ends; `null` where Meta has not said it (https://developers.facebook.com/docs/graph-api/changelog, read 2026-11-22). */
const ends: Record<string, string | null> = {
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': null,
};
const DAY = 24 * 60 * 60_000;
/** Days before its end at which a version is to be left. */
const EARLY = 90;

const consequence = 'Meta answers in another version then, and may not give out leads as they are expected.';

/** Whether a version of the Graph API is good for a while yet. */
export function checkGraphVersion(version: string, now: number, flags: string): Finding[] {
  const of = { source: 'meta' };
  const cure = `Set graphVersion to ${newest} in cdk.json, then npm run deploy -- ${flags.replace('--stage ', '-c stage=')}.`;
  if (!Object.hasOwn(ends, version)) {
    const isOlder = Number(version.slice(1)) < oldest;
    const ailment = { cause: `When version ${version} of the Graph API ends is not known here.`, consequence, cure };
    return [
      isOlder
        ? wrong('graph-version', of, { ...ailment, cause: `Version ${version} of the Graph API has ended.` })
        : unknown('graph-version', of, ailment),
    ];
  }
  const end = ends[version];
  if (!end) return [fine('graph-version', of, `Version ${version} of the Graph API has no end yet.`)];
  const days = Math.ceil((Date.parse(end) - now) / DAY);
  if (days > EARLY) return [fine('graph-version', of, `Version ${version} of the Graph API is good until ${end}.`)];
  const cause = days > 0 ? `ends on ${end}, in ${days} days` : `ended on ${end}`;
  return [wrong('graph-version', of, { cause: `Version ${version} of the Graph API ${cause}.`, consequence, cure })];
}

const versions = Object.keys(ends);
const newest = versions.at(-1) ?? '';
const oldest = Number(versions[0]?.slice(1));
