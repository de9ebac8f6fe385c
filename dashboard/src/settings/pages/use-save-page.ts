import { useQueryClient } from '@tanstack/react-query';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import type { PageChange } from '../types.ts';
import { dataOf } from '../../api/data-of.ts';

/** Saves a page, or adds it, and shows it as it is now. */
export function useSavePage() {
  const client = useQueryClient();
  return async (id: string, change: PageChange): Promise<void> => {
    await dataOf<Page>(`/settings/pages/${id}`, { method: 'PUT', body: change });
    await client.invalidateQueries({ queryKey: ['/settings/pages'] });
    void client.invalidateQueries({ queryKey: ['/settings'], exact: true });
  };
}
