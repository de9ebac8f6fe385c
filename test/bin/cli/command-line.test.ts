import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { commandLine } from '../../../bin/cli/command-line.ts';
import { commands } from '../../../bin/cli/commands.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

it.each(Object.keys(commands))('%s is a file, a script of npm, and says how it is used', async (name) => {
  expect(existsSync(`bin/${name}.ts`)).toBe(true);
  expect(scripts[name]).toContain(`bin/${name}.ts`);
  await expect(commandLine([])).rejects.toThrow(`  ${name} `);
});

it('names what there is where a command is unknown, and is no way out of its folder', async () => {
  await expect(commandLine(['../../etc'])).rejects.toThrow('There is no command "../../etc".\n\nUsage:');
  await expect(commandLine(['constructor'])).rejects.toThrow('There is no command');
});
