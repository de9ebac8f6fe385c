import { inColumns } from '../columns.ts';
import { CommandError, Help } from '../command.ts';
import { commands } from './commands.ts';

const overview = `Usage: npm run cli -- COMMAND [options], or npm run COMMAND -- [options]
${inColumns(Object.entries(commands).map(([name, does]) => [`  ${name}`, does]))}
Each has --help. Without --stage it is about the local run; --stage S is a stage of cdk.json in your AWS account.
A command ends with 0 when all is well, with 1 when it did not do what it was asked, with 2 when it found something to see to.`;

/** Runs the command that the line names, with what follows; says which there are where it names none. */
export async function commandLine([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') throw new Help(overview);
  if (!Object.hasOwn(commands, name)) throw new CommandError(`There is no command "${name}".\n\n${overview}`);
  process.argv.splice(2, Infinity, ...args);
  await import(`../${name}.ts`);
}
