/** Where the list shows the leads that were counted under a key; leads that nobody owns have an empty one. */
export const listOf =
  (by: 'owner' | 'source' | 'category', from: string | undefined) =>
  (key: string): string => {
    const filter = new URLSearchParams(by === 'owner' && key === '' ? { unowned: 'true' } : { [by]: key });
    if (from !== undefined) filter.set('from', from);
    return `/?${filter}`;
  };
