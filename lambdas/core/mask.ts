/** What stands in the place of anything that may tell of a person. */
export const MASKED = '•••';

/** Names under which vendors put ids, kinds and times, which are shown; each in the spelling of one of them. */
const harmless =
  /^(id|ids|.*_ids?|.*Ids?|.*_type|action|object|field|subscriptionType|propertyName|changeSource|changeFlag|attemptNumber|platform|time|.*_time|date_\w+|\w+At|changed_fields|erased)$/;
/** How an id, a kind or a time is written: neither an address nor a name of two words. */
const plainValue = /^[A-Za-z0-9_.:+-]{1,128}$/;
/** A phone number written without its signs. */
const mayBePhone = /\d{7}/;

/** The same with every text covered that may tell of a person, and every number that may be one to call; ids, kinds and times stay. */
export const mask = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((one) => mask(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mask(one, key)]));
  const isShown = harmless.test(name) && plainValue.test(String(value));
  if (typeof value === 'string') return isShown || value === '' ? value : MASKED;
  return typeof value === 'number' && !isShown && mayBePhone.test(String(value)) ? MASKED : value;
};
