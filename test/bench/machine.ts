import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Where and with what the figures came about. */
export function machine() {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model,
    cores: os.availableParallelism(),
    memory_gb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    load: os.loadavg().map((load) => Number(load.toFixed(2))),
    node: process.versions.node,
    aws_sdk: versionOf('@aws-sdk/client-s3'),
    fauxqs: versionOf('fauxqs'),
    dynalite: versionOf('dynalite'),
    at: new Date().toISOString(),
  };
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
