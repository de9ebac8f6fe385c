import { given } from './given.ts';
import type { Lead } from './lead.ts';
import { plain } from './plain.ts';

const labels: Record<string, string> = {
  platform: 'Platform',
  page: 'Page',
  page_id: 'Page ID',
  portal: 'Portal',
  portal_id: 'Portal ID',
  form: 'Form',
  form_id: 'Form ID',
  ad: 'Ad',
  ad_id: 'Ad ID',
  adset: 'Ad set',
  adset_id: 'Ad set ID',
  campaign: 'Campaign',
  campaign_id: 'Campaign ID',
  is_organic: 'Organic',
  original_source: 'Original source',
};

/** Everything that a source said beside what a list shows and what people answered, in people's words. */
export function knownFacts(
  { facts, remark, mergedInto }: Pick<Lead, 'facts' | 'remark' | 'mergedInto'>,
  platforms: Record<string, string> = {},
): { label: string; value: string }[] {
  const word = (name: string, value: string) =>
    name === 'platform' && Object.hasOwn(platforms, value) ? platforms[value] : value;
  return [
    { label: 'Funnel', value: facts.funnel },
    { label: 'Lifecycle stage', value: facts.lifecycle_stage },
    ...Object.entries(facts.attribution ?? {}).map(([name, value]) => ({
      label: (Object.hasOwn(labels, name) ? labels[name] : undefined) ?? plain(name.replaceAll('_', ' '), 40),
      value: word(name, value),
    })),
    ...Object.entries(facts.utm ?? {}).map(([name, value]) => ({ label: `UTM ${plain(name, 40)}`, value })),
    { label: 'Remark', value: remark },
    { label: 'Merged into', value: mergedInto },
  ].flatMap(({ label, value }) => {
    const said = given(value);
    return said === null ? [] : [{ label, value: said }];
  });
}
