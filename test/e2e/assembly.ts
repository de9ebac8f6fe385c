import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CloudFormation template, as far as tests change it. */
export interface EditableTemplate {
  // oxlint-disable-next-line typescript/no-explicit-any -- tests change a template at any depth
  Resources: Record<string, { Type: string; Properties: Record<string, any> }>;
}

/** Copies a cloud assembly to `target`, its stacks changed as if they were one; the code of the functions is shared. */
export function editAssembly(source: string, target: string, edit: (template: EditableTemplate) => void): string {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    if (name.startsWith('asset.')) symlinkSync(join(source, name), join(target, name));
    else cpSync(join(source, name), join(target, name), { recursive: true });
  }
  const stacks = readdirSync(target)
    .filter((file) => file.endsWith('.template.json'))
    // The shorter name is that of the stack on which the others stand, which gets what is new.
    .sort((a, b) => a.length - b.length)
    .map((file) => ({ file: join(target, file), template: readTemplate(join(target, file)) }));
  const homes = new Map(
    stacks.flatMap(({ file, template }) => Object.keys(template.Resources).map((id) => [id, file])),
  );
  const whole = { Resources: Object.assign({}, ...stacks.map(({ template }) => template.Resources)) as Resources };
  edit(whole);
  for (const { file, template } of stacks) {
    const own = Object.entries(whole.Resources).filter(([id]) => (homes.get(id) ?? stacks[0]?.file) === file);
    writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(own) }));
  }
  return target;
}

type Resources = EditableTemplate['Resources'];

const readTemplate = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as EditableTemplate;
