import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from '../shell/failed.tsx';
import { Loading } from '../shell/loading.tsx';

interface LoadedProps<T> {
  of: UseQueryResult<T>;
  /** What stands there while it is on its way, where its shape is known. */
  meanwhile?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What is shown of something from the API: that it is on its way, why it is not there, or itself. */
export function Loaded<T>({ of: { data, error, refetch }, meanwhile = <Loading />, children }: LoadedProps<T>) {
  if (data !== undefined) return children(data);
  if (error) return <Failed error={error} what="This can’t be shown" onRetry={() => void refetch()} />;
  return meanwhile;
}
