import { region } from '../template/resource-type.ts';
import type { Resource } from '../template/template.ts';

/** Where the functions find the world. */
export interface Addresses {
  /** The console, the API and the stand-ins. */
  url: string;
  /** The AWS services. */
  aws: string;
}

/** The variables of a function: those of the template, the addresses of this machine where it has their names, and Lambda's own. */
export function environmentVariables(
  fn: Resource<'AWS::Lambda::Function'>,
  { url, aws }: Addresses,
): Record<string, string> {
  const declared = fn.properties.Environment?.Variables ?? {};
  const addresses = {
    PUBLIC_URL: url,
    SLACK_URL: `${url}/local/vendors/slack`,
    CLOSE_API_URL: `${url}/local/vendors/close`,
    GRAPH_URL: `${url}/local/vendors/graph`,
    HUBSPOT_URL: `${url}/local/vendors/hubspot`,
  };
  return {
    ...declared,
    ...Object.fromEntries(Object.entries(addresses).filter(([name]) => Object.hasOwn(declared, name))),
    AWS_ENDPOINT_URL: aws,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The worker appends the number of its thread.
    AWS_ACCESS_KEY_ID: fn.name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.properties.MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(fn),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: fn.asset ?? '',
    _HANDLER: fn.properties.Handler,
    TZ: ':UTC',
  };
}

export const logStream = 'local';
export const logGroupOf = ({ name, properties }: Resource<'AWS::Lambda::Function'>) =>
  properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
