import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Where the emulated account lives. The account number is the one that fauxqs uses. */
export const account = '000000000000';
export const region = 'us-east-1';

/** What the loader knows of a type of resource: its properties, and what `Ref` and `Fn::GetAtt` give. */
export interface ResourceType {
  /** Only these properties may stand in a template: one that is not listed would silently do nothing here. */
  properties: z.ZodType;
  /** The property that names it; without one the name is made of the stack and the logical id, as CloudFormation does. */
  nameProperty?: string;
  /** What makes a legal name of a made one. */
  made?(name: string): string;
  /** `Ref`; the name unless said otherwise. `aws` is the address of the services. */
  ref?(name: string, aws: string): string;
  attributes?: Record<string, (name: string) => string>;
}

/** Properties that are emulated, and the names of those that change nothing on one machine. */
export const strict = <S extends z.ZodRawShape>(emulated: S, ignored: string[] = []) =>
  z.strictObject<S>({ ...emulated, ...Object.fromEntries(ignored.map((name) => [name, z.unknown().optional()])) });

/** A type whose properties change nothing on one machine. */
export const ignoredType = (more: Partial<ResourceType> = {}): ResourceType => ({
  properties: z.looseObject({}),
  ...more,
});

/** Short text that is always the same for the same seed: for ids that AWS makes up. */
export const idOf = (seed: string, length: number) => createHash('sha256').update(seed).digest('hex').slice(0, length);

export const arn = (service: string, resource: string, where = `${region}:${account}`) =>
  `arn:aws:${service}:${where}:${resource}`;
