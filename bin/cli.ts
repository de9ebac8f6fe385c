import { commandLine } from './cli/command-line.ts';
import { run } from './command.ts';

await run(() => commandLine(process.argv.slice(2)));
