import { SingleBar } from 'cli-progress';

/** Milliseconds between two lines where there is no terminal. */
const LINE_EVERY = 3000;

/** Where it is shown: standard output or standard error. */
export type ProgressStream = NodeJS.WritableStream & { isTTY?: boolean };

export interface Progress {
  /** One more is done. */
  step: () => void;
  /** Shows how far it came; nothing more follows. */
  stop: () => void;
}

/** Shows how many of some things are done: a bar on a terminal, else a line now and then. */
export function showProgress(total: number, things: string, stream: ProgressStream): Progress {
  const counts = `{percentage} %, {value} of {total} ${things}`;
  const bar = new SingleBar({
    stream,
    format: stream.isTTY ? `[{bar}] ${counts}, {eta_formatted} left` : counts,
    formatValue: (value, _options, type) => (type === 'percentage' ? String(value) : value.toLocaleString('en-US')),
    // Whoever ends it with Ctrl+C keeps a terminal that wraps its lines.
    linewrap: true,
    noTTYOutput: true,
    notTTYSchedule: LINE_EVERY,
    clearOnComplete: !stream.isTTY,
    // Of the last few hundred, since single ones vary.
    etaBuffer: 500,
  });
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
