import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Resource } from '../template/template.ts';

interface Version {
  id: string;
  value: string;
  stages: string[];
  /** Seconds since 1970, as AWS gives it. */
  created: number;
}

/** What Secrets Manager answers: a result, or a code and a message. */
export type SecretsAnswer = { result: object } | { code: string; message: string };

type Body = Record<string, unknown>;

/** Secrets Manager for the secrets of the template, kept in one file. A secret that nobody filled does not exist for a reader. */
export class Secrets {
  readonly #file: string;
  readonly #versions: Record<string, Version[]>;
  #declared: Resource<'AWS::SecretsManager::Secret'>[] = [];

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'secrets.json');
    this.#versions = existsSync(this.#file) ? read(this.#file) : {};
  }

  /** Says which secrets there are. */
  declare(secrets: Resource<'AWS::SecretsManager::Secret'>[]) {
    this.#declared = secrets;
    for (const { name, properties } of secrets) {
      if (properties.SecretString !== undefined) this.fill(name, properties.SecretString);
    }
  }

  get names(): string[] {
    return this.#declared.map(({ name }) => name);
  }

  /** The ARN of a secret by name or ARN, also of one that is not declared. */
  arnOf(id: string): string {
    return this.#find(id)?.arn ?? id;
  }

  /** The value in force; nothing where nobody filled it. */
  current(name: string): string | undefined {
    return this.#versions[name]?.find(({ stages }) => stages.includes('AWSCURRENT'))?.value;
  }

  /** Gives a secret its first value; one that has a value keeps it. */
  fill(name: string, value: string) {
    if (this.#versions[name] === undefined) this.#put(name, value);
  }

  handle(action: string, body: Body): SecretsAnswer {
    if (action === 'ListSecrets')
      return { result: { SecretList: this.#declared.map((secret) => this.#described(secret)) } };
    const secret = this.#find(String(body['SecretId']));
    if (!secret) return notFound("Secrets Manager can't find the specified secret.");
    if (action === 'GetSecretValue') return this.#get(secret, body);
    if (action === 'DescribeSecret') return { result: this.#described(secret) };
    if (action === 'PutSecretValue' || action === 'UpdateSecret') {
      const version = this.#put(secret.name, String(body['SecretString']), body['ClientRequestToken']);
      return { result: { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages } };
    }
    return { code: 'InvalidRequestException', message: `${action} is not emulated.` };
  }

  #get(
    secret: Resource<'AWS::SecretsManager::Secret'>,
    { VersionId, VersionStage = 'AWSCURRENT' }: Body,
  ): SecretsAnswer {
    const version = this.#versions[secret.name]?.find(({ id, stages }) =>
      VersionId === undefined ? stages.includes(String(VersionStage)) : id === VersionId,
    );
    if (!version) {
      return notFound(
        `Secrets Manager can't find the specified secret value for staging label: ${String(VersionStage)}`,
      );
    }
    const { id, value, stages, created } = version;
    return {
      result: {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: id,
        SecretString: value,
        VersionStages: stages,
        CreatedDate: created,
      },
    };
  }

  /** The new value is AWSCURRENT, the one before AWSPREVIOUS, older ones are gone. */
  #put(name: string, value: string, token: unknown = randomUUID()): Version {
    const created: Version = { id: String(token), value, stages: ['AWSCURRENT'], created: Date.now() / 1000 };
    const before = this.#versions[name]?.find(({ stages }) => stages.includes('AWSCURRENT'));
    this.#versions[name] =
      before && before.id !== created.id ? [created, { ...before, stages: ['AWSPREVIOUS'] }] : [created];
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#versions, null, 2));
    renameSync(`${this.#file}.new`, this.#file);
    return created;
  }

  #find(id: string) {
    return this.#declared.find(({ name, ref }) => name === id || ref === id || ref.replace(/-[^-]{6}$/, '') === id);
  }

  #described({ name, ref }: Resource<'AWS::SecretsManager::Secret'>) {
    const stages = (this.#versions[name] ?? []).map((version) => [version.id, version.stages]);
    return { ARN: ref, Name: name, VersionIdsToStages: Object.fromEntries(stages) as object };
  }
}

const notFound = (message: string): SecretsAnswer => ({ code: 'ResourceNotFoundException', message });

function read(file: string): Record<string, Version[]> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Version[]>;
  } catch (error) {
    throw new StartError(`${file} can't be read; mend it or run \`npm run reset\`.`, { cause: error });
  }
}
