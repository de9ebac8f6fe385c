import { call, type Call } from './call.ts';
import type { Answer } from './types.ts';

/** Calls the API and returns the one thing that its answer has in it. */
export const dataOf = async <T>(path: string, options?: Call): Promise<T> =>
  (await call<Answer<T>>(path, options)).data;
