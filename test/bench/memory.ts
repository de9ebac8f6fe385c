import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const EVERY = 200;

/** Watches the memory of everything that this process started; the highest sum of resident sets so far, in MB. */
export function watchMemory() {
  let highest = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, residentMegabytes());
  }, EVERY);
  return {
    [Symbol.dispose]: () => clearInterval(timer),
    highest: () => Math.round(highest),
  };
}

interface Process {
  id: number;
  parent: number;
  kilobytes: number;
}

function residentMegabytes(): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const below = (parent: number): number =>
    all.filter((one) => one.parent === parent).reduce((sum, { id, kilobytes }) => sum + kilobytes + below(id), 0);
  return below(process.pid) / 1024;
}

/** A process may end between the listing and the look. */
function readProcess(id: number): Process[] {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const number = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ id, parent: number('PPid'), kilobytes: number('VmRSS') }];
  } catch {
    return [];
  }
}
