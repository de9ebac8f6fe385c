/** What stands in a field of a form, trimmed; a secret is read so, and is never kept in a state. */
export function fieldOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The same, `null` where it is empty: a change that empties what is stored. */
export const fieldOrNull = (form: HTMLFormElement, name: string): string | null => fieldOf(form, name) || null;
