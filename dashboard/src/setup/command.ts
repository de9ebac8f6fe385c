/** Where the commands of the platform team are to go. */
export interface Place {
  stage: string;
  tenant: string;
}

/** A command for a terminal, for this stage and tenant: what a page can’t do, the platform team does with it. */
export function command(what: string, { stage, tenant }: Place): string {
  const here = stage === 'local' ? (what.startsWith('connect ') ? ' --local' : '') : ` --stage ${stage}`;
  const [script, ...rest] = what.split(' ');
  return `npm run ${script} -- ${rest.join(' ')}${here} --tenant ${tenant}`;
}
