import DataLoader from 'dataloader';

/**
 * Carries out together what is asked for while a call is under way, so many at once: the call that comes next has all of it. Who asks
 * alone waits for nobody. Where a call for several fails, each is asked for by itself, so that none fails for another.
 */
export function together<Asked, Answer>(
  most: number,
  call: (asked: readonly Asked[]) => Promise<(Answer | Error)[]>,
): (asked: Asked) => Promise<Answer> {
  let isBusy = false;
  const waiting: (() => void)[] = [];
  const next = () => {
    const dispatch = waiting.shift();
    isBusy = dispatch !== undefined;
    dispatch?.();
  };
  const alone = async (one: Asked): Promise<Answer | Error> => {
    try {
      const [answer] = await call([one]);
      return answer as Answer | Error;
    } catch (error) {
      return asError(error);
    }
  };
  const loader = new DataLoader<Asked, Answer>(
    async (asked) => {
      try {
        return await call(asked);
      } catch (error) {
        return asked.length === 1 ? [asError(error)] : await Promise.all(asked.map(alone));
      } finally {
        setImmediate(next);
      }
    },
    {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: (dispatch) => {
        waiting.push(dispatch);
        if (!isBusy) {
          isBusy = true;
          setImmediate(next);
        }
      },
    },
  );
  return (asked) => loader.load(asked);
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** One of its kind for each table, or queue, of this name. */
export function forEachNamed<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const one = made.get(name) ?? make(name);
    made.set(name, one);
    return one;
  };
}
