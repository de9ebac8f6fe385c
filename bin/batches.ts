/** Things in their order, at most so many together. */
export const inBatches = <T>(things: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(things.length / most) }, (_, at) => things.slice(at * most, (at + 1) * most));
