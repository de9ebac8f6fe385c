const usable = /^[A-Za-z0-9_-]{1,128}$/;

/** Whether a vendor's id may become part of a key or an address: never a path, a query or anything longer. */
export const isUsableId = (id: unknown): id is string => typeof id === 'string' && usable.test(id);
