/** What alarms ask of a metric. */
export type Statistic = 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum';

interface Second {
  second: number;
  count: number;
  sum: number;
  least: number;
  most: number;
}

/** What was measured, second by second, as far back as somebody looks. */
export class Metrics {
  readonly #series = new Map<string, Second[]>();
  #keptSeconds = 0;

  /** Says that somebody looks this far back. */
  keep(seconds: number) {
    this.#keptSeconds = Math.max(this.#keptSeconds, seconds);
  }

  /** Adds a value as of now, or of a moment that may still come. */
  add(namespace: string, name: string, dimensions: Record<string, string>, value: number, at = Date.now()) {
    const key = keyOf(namespace, name, dimensions);
    const series = this.#series.get(key) ?? [];
    this.#series.set(key, series);
    const second = Math.floor(at / 1000);
    const before = series.findLastIndex((one) => one.second <= second);
    const same = series[before];
    if (same?.second !== second) {
      series.splice(before + 1, 0, { second, count: 1, sum: value, least: value, most: value });
      const oldest = Math.min(Date.now() / 1000, series.at(-1)?.second ?? second) - this.#keptSeconds;
      while ((series[0]?.second ?? oldest) < oldest) series.shift();
      return;
    }
    same.count += 1;
    same.sum += value;
    same.least = Math.min(same.least, value);
    same.most = Math.max(same.most, value);
  }

  /** The statistic of the seconds after `from` up to `to` (both in seconds); nothing where nothing was measured. */
  read(
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    statistic: Statistic,
    from: number,
    to: number,
  ) {
    const series = this.#series.get(keyOf(namespace, name, dimensions)) ?? [];
    const first = series.findLastIndex(({ second }) => second <= from) + 1;
    const seconds = series.slice(first).filter(({ second }) => second <= to);
    if (seconds.length === 0) return undefined;
    const count = seconds.reduce((sum, one) => sum + one.count, 0);
    const sum = seconds.reduce((total, one) => total + one.sum, 0);
    const values = {
      Average: sum / count,
      Maximum: Math.max(...seconds.map(({ most }) => most)),
      Minimum: Math.min(...seconds.map(({ least }) => least)),
      SampleCount: count,
      Sum: sum,
    };
    return values[statistic];
  }
}

const keyOf = (namespace: string, name: string, dimensions: Record<string, string>) =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => a.localeCompare(b))]);
