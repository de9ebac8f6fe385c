import { secretArn } from '../template/storage-types.ts';
import type { Resource } from '../template/template.ts';
import { SecretVersions, type Version } from './secret-versions.ts';

/** What Secrets Manager answers: a result, or a code and a message. */
export type SecretsAnswer = { result: object } | { code: string; message: string };

type Body = Record<string, unknown>;

/**
 * Secrets Manager: the secrets of the template, and those that are made at run time. The value of a secret that nobody filled does
 * not exist for a reader. Descriptions and tags are taken and not kept.
 */
export class Secrets {
  readonly #versions: SecretVersions;
  #declared: string[] = [];

  constructor(dataDir: string) {
    this.#versions = new SecretVersions(dataDir);
  }

  /** Says which secrets the template has. */
  declare(secrets: Resource<'AWS::SecretsManager::Secret'>[]) {
    this.#declared = secrets.map(({ name }) => name);
    for (const { name, properties } of secrets) {
      if (properties.SecretString !== undefined) this.fill(name, properties.SecretString);
    }
  }

  /** The secrets of the template, in its order. */
  get names(): string[] {
    return this.#declared;
  }

  /** The secrets that were made or filled, also those that the template does not have. */
  get filled(): string[] {
    return this.#versions.names;
  }

  /** The ARN of a secret by name or ARN. One that does not exist has the ARN that it would have, as AWS asks policies about it. */
  arnOf(id: string): string {
    const name = this.#find(id);
    if (name !== undefined) return secretArn(name);
    return id.startsWith('arn:') ? id : secretArn(id);
  }

  /** The value in force; nothing where nobody filled it. */
  current(name: string): string | undefined {
    return this.#versions.of(name).find(({ stages }) => stages.includes('AWSCURRENT'))?.value;
  }

  /** Gives a secret its first value, and makes it where there is none; one that has a value keeps it. */
  fill(name: string, value: string) {
    if (this.#versions.of(name).length === 0) this.#versions.put(name, value);
  }

  handle(action: string, body: Body): SecretsAnswer {
    if (action === 'ListSecrets') return { result: { SecretList: this.#all.map((name) => this.#described(name)) } };
    if (action === 'CreateSecret') return this.#create(body);
    if (action === 'DeleteSecret') return this.#delete(body);
    const name = this.#find(String(body['SecretId']));
    if (name === undefined) return notFound("Secrets Manager can't find the specified secret.");
    if (action === 'GetSecretValue') return this.#get(name, body);
    if (action === 'DescribeSecret') return { result: this.#described(name) };
    if (action === 'PutSecretValue' || action === 'UpdateSecret') return this.#put(name, body);
    return { code: 'InvalidRequestException', message: `${action} is not emulated.` };
  }

  #create(body: Body): SecretsAnswer {
    const { Name, SecretString, ClientRequestToken: id } = body;
    const name = String(Name);
    if (!/^[\w/+=.@!-]{1,512}$/.test(name)) {
      return { code: 'InvalidParameterException', message: 'A name has letters, digits and /_+=.@-! only.' };
    }
    // An SDK that did not hear the answer asks again with the same token.
    const isRepeated = this.#versions.of(name).some((version) => version.id === id && version.value === SecretString);
    if (this.#all.includes(name) && !isRepeated) {
      return { code: 'ResourceExistsException', message: `There is a secret ${name} already.` };
    }
    if (SecretString !== undefined) return this.#put(name, body);
    this.#versions.make(name);
    return { result: { ARN: secretArn(name), Name: name } };
  }

  /**
   * A deleted secret is gone at once, also without `ForceDeleteWithoutRecovery`: then AWS would keep it back for some days, with its
   * name taken. One of the template is made again at the next start.
   */
  #delete({ SecretId, ForceDeleteWithoutRecovery: isForced = false }: Body): SecretsAnswer {
    const id = String(SecretId);
    const name = this.#find(id);
    // Only who insists is not told that there was nothing to delete.
    if (name === undefined && isForced !== true) return notFound("Secrets Manager can't find the specified secret.");
    if (name !== undefined) {
      this.#versions.remove(name);
      this.#declared = this.#declared.filter((other) => other !== name);
    }
    return { result: { ARN: this.arnOf(name ?? id), Name: name ?? id, DeletionDate: Date.now() / 1000 } };
  }

  #get(name: string, { VersionId, VersionStage = 'AWSCURRENT' }: Body): SecretsAnswer {
    const version = this.#versions
      .of(name)
      .find(({ id, stages }) => (VersionId === undefined ? stages.includes(String(VersionStage)) : id === VersionId));
    if (!version) {
      return notFound(
        `Secrets Manager can't find the specified secret value for staging label: ${String(VersionStage)}`,
      );
    }
    const { value, created } = version;
    return { result: { ...identityOf(name, version), SecretString: value, CreatedDate: created } };
  }

  #put(name: string, { SecretString, ClientRequestToken }: Body): SecretsAnswer {
    if (typeof SecretString !== 'string') {
      return { code: 'InvalidRequestException', message: 'Only a SecretString is emulated.' };
    }
    const id = typeof ClientRequestToken === 'string' ? ClientRequestToken : undefined;
    return { result: identityOf(name, this.#versions.put(name, SecretString, id)) };
  }

  get #all(): string[] {
    return [...new Set([...this.#declared, ...this.#versions.names])];
  }

  /** The name of a secret that is asked for by its name, its ARN, or its ARN without what AWS appended. */
  #find(id: string): string | undefined {
    return this.#all.find((name) => [name, secretArn(name), secretArn(name).replace(/-[^-]{6}$/, '')].includes(id));
  }

  #described(name: string) {
    const stages = this.#versions.of(name).map((version) => [version.id, version.stages]);
    return { ARN: secretArn(name), Name: name, VersionIdsToStages: Object.fromEntries(stages) as object };
  }
}

const identityOf = (name: string, { id, stages }: Version) => ({
  ARN: secretArn(name),
  Name: name,
  VersionId: id,
  VersionStages: stages,
});

const notFound = (message: string): SecretsAnswer => ({ code: 'ResourceNotFoundException', message });
