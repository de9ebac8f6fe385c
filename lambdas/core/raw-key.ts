const form = /^source\/([a-z]+)_event_[A-Za-z0-9_-]{1,300}\.json$/;

/** Close's are called `crm_event_…`, as in the systems before this one. */
const names: Record<string, string> = { close: 'crm' };

/** How the names of a source's deliveries begin; without a source, those of all. */
export const rawPrefixOf = (source?: string): string =>
  source === undefined ? 'source/' : `source/${names[source] ?? source}_event_`;

/** Whether a text is the name of a delivery as we give them: never a path to anything else. */
export const isRawKey = (text: string): boolean => form.test(text);
