/** No vendor gives an id that begins so. */
const mark = '0'.repeat(12);
const form = new RegExp(`(^|_)${mark}\\d{20}$`);

/** A number for a lead that the doctor makes up: of its moment, in milliseconds since 1970, and of seven digits that another one has not. */
export const syntheticNumber = (now: number, random: number): string =>
  mark + String(now).padStart(13, '0') + String(random % 10_000_000).padStart(7, '0');

/**
 * Whether a lead was made up by the doctor to see whether leads come through. It takes the way of every lead and is told to nobody,
 * listed nowhere and counted nowhere; only who has a signing key can make one.
 */
export const isSynthetic = (leadId: string): boolean => form.test(leadId);
