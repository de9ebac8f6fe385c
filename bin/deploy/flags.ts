import { settingsWith } from '../stage.ts';

/** What of the arguments of `cdk deploy` matters here; all of them go on to it. */
export function flagsOf(args: string[]) {
  const context = Object.fromEntries(
    valuesOf(args, '-c', '--context').map((given) => {
      const [name = '', ...rest] = given.split('=');
      return [name, rest.join('=')];
    }),
  );
  return {
    help: args.some((arg) => ['-h', '--help'].includes(arg)),
    /** Change sets are made and not carried out. */
    isOnlyPlanned:
      args.some((arg) => ['--no-execute', '--execute=false'].includes(arg)) ||
      valuesOf(args, '-m', '--method').includes('prepare-change-set'),
    settings: settingsWith(context),
  };
}

/** The profile with which CDK is told to sign in. */
export const profileOf = (args: string[]): string | undefined => valuesOf(args, '--profile').at(-1);

/** The values of an option, as `--name value` or `--name=value`, each time that it is given. */
const valuesOf = (args: string[], ...names: string[]): string[] =>
  args.flatMap((arg, index) => {
    if (names.includes(arg)) return args.slice(index + 1, index + 2);
    const name = names.find((one) => arg.startsWith(`${one}=`));
    return name === undefined ? [] : [arg.slice(name.length + 1)];
  });
