import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CloudFormation template, as far as tests change it. */
export interface EditableTemplate {
  // oxlint-disable-next-line typescript/no-explicit-any -- tests change a template at any depth
  Resources: Record<string, { Type: string; Properties: Record<string, any> }>;
}

/** Copies a cloud assembly to `target` with its one template changed; the code of the functions is shared. */
export function editAssembly(source: string, target: string, edit: (template: EditableTemplate) => void): string {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    if (name.startsWith('asset.')) symlinkSync(join(source, name), join(target, name));
    else cpSync(join(source, name), join(target, name), { recursive: true });
  }
  for (const name of readdirSync(target).filter((file) => file.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(target, name), 'utf8')) as EditableTemplate;
    edit(template);
    writeFileSync(join(target, name), JSON.stringify(template));
  }
  return target;
}
