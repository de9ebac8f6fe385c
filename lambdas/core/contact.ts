import { Broken } from './failures.ts';

/** Whether a vendor has a contact; `restored` is there again, `merged` lives on in another one. */
export type LifeState = 'created' | 'deleted' | 'restored' | 'merged';

interface Life {
  state: LifeState;
  /** The lead id of the contact that it was merged into. */
  into?: string | undefined;
}

/** One word on a contact: an event, or the vendor's own record. */
export interface ContactChange {
  /** As of when it holds: milliseconds since 1970. */
  at: number;
  /** The event's identity; empty for a record, which gives way to an event of the same moment. */
  by: string;
  /** By the vendor's names of properties; an empty text says that there is none any more. */
  properties: Record<string, string>;
  life?: Life | undefined;
}

/** What was said last, and by which word. */
type Register<T> = T & Pick<ContactChange, 'at' | 'by'>;

/** All that is known of a contact, each property by itself as of its latest word: the same whatever order the words came in. */
export interface Contact {
  properties: Record<string, Register<{ value: string }>>;
  life?: Register<Life> | undefined;
}

/** Of a longer value only its beginning is remembered; `source/` has it whole. Characters. */
const LONGEST_VALUE = 4000;
/** DynamoDB takes 400 KB, keys and names of attributes included. */
const LARGEST_CONTACT = 300_000;

export const nobodyYet: Contact = { properties: {} };

/** A contact with one word more. Any words in any order, each any number of times, end in the same contact. Throws `Broken` where it becomes larger than a row can be. */
export function join(contact: Contact, { at, by, properties, life }: ContactChange): Contact {
  const known = new Map(Object.entries(contact.properties));
  for (const [name, text] of Object.entries(properties)) {
    const said = { value: text.toWellFormed().slice(0, LONGEST_VALUE), at, by };
    known.set(
      name,
      later(known.get(name), said, ({ value }) => value),
    );
  }
  const joined: Contact = {
    properties: Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1))),
    life: life ? later(contact.life, { ...life, at, by }, ({ state, into = '' }) => `${state} ${into}`) : contact.life,
  };
  if (JSON.stringify(joined).length > LARGEST_CONTACT) throw new Broken('the contact is larger than what can be kept');
  return joined;
}

/** The later of two words; those of one moment are ordered by who said them, and at last by what they say. */
function later<T extends Pick<ContactChange, 'at' | 'by'>>(
  known: T | undefined,
  said: T,
  textOf: (one: T) => string,
): T {
  if (!known) return said;
  if (said.at !== known.at) return said.at > known.at ? said : known;
  if (said.by !== known.by) return said.by > known.by ? said : known;
  return textOf(said) > textOf(known) ? said : known;
}

/** The value of a property; `undefined` where it has none. */
export function valueOf({ properties }: Contact, name: string): string | undefined {
  const value = Object.hasOwn(properties, name) ? properties[name]?.value : undefined;
  return value || undefined;
}
