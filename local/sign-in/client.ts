import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';

/** The one client of the template's user pool, as the local provider serves it. */
export interface Client {
  id: string;
  poolArn: string;
  scopes: string[];
  /** `/signed-in`: the deployed addresses without their host, which is another one here. */
  callbackPaths: string[];
  logoutPaths: string[];
  idTokenSeconds: number;
  refreshTokenSeconds: number;
  rotatesRefreshTokens: boolean;
}

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** The client that people sign in with; nothing where the stage has no user pool. */
export function clientOf(template: Template): Client | undefined {
  const [client, ...others] = template.of('AWS::Cognito::UserPoolClient');
  if (others.length > 0) throw new StartError('The local run knows one client of a user pool only.');
  return client && read(client, template);
}

function read({ ref, properties }: Resource<'AWS::Cognito::UserPoolClient'>, template: Template): Client {
  const pool = template.of('AWS::Cognito::UserPool').find((one) => one.ref === properties.UserPoolId);
  if (!pool) throw new StartError('The user pool of the client is not in the template.');
  const { IdToken, RefreshToken } = properties.TokenValidityUnits;
  return {
    id: ref,
    poolArn: pool.arn,
    scopes: properties.AllowedOAuthScopes,
    callbackPaths: properties.CallbackURLs.map(pathOf),
    logoutPaths: properties.LogoutURLs.map(pathOf),
    idTokenSeconds: properties.IdTokenValidity * seconds[IdToken],
    refreshTokenSeconds: properties.RefreshTokenValidity * seconds[RefreshToken],
    rotatesRefreshTokens: properties.RefreshTokenRotation?.Feature === 'ENABLED',
  };
}

const pathOf = (url: string) => new URL(url).pathname;
