import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './failure.ts';

/** Whether asking again may help: not where the server understood and said no. */
const mayHelp = (error: Error) =>
  error instanceof ApiFailure && (error.code === 'unavailable' || error.code === 'unreachable');

/** What was read, in memory alone: it is gone with the tab. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && mayHelp(error),
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
