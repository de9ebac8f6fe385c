import { type ComponentType, lazy, Suspense } from 'react';
import { Loading } from './loading.tsx';

/** A part of the app that is fetched when it is first shown. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile = <Loading />) {
  const Part = lazy(async () => ({ default: await load() }));
  return (props: P) => (
    <Suspense fallback={meanwhile}>
      <Part {...props} />
    </Suspense>
  );
}
