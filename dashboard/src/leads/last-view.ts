let last = '';

/** Notes the view that the list shows. */
export const rememberView = (query: string): void => {
  last = query;
};

/** The address of the view that was shown last, to go back to from a lead. */
export const lastView = (): string => (last ? `/?${last}` : '/');
