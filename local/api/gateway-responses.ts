import type { FastifyReply } from 'fastify';
import type { Template } from '../template/template.ts';

/** What API Gateway answers by itself. */
export type ResponseType =
  | 'API_CONFIGURATION_ERROR'
  | 'BAD_REQUEST_BODY'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'REQUEST_TOO_LARGE'
  | 'UNAUTHORIZED';

const standard: Record<ResponseType, [number, string]> = {
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  INTEGRATION_FAILURE: [502, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  UNAUTHORIZED: [401, 'Unauthorized'],
};

export type Refuse = (reply: FastifyReply, type: ResponseType) => FastifyReply;

/** Answers in the words that the template has for an API, else in those of API Gateway. */
export function refusals(template: Template, apiId: string | undefined): Refuse {
  const all = template.of('AWS::ApiGateway::GatewayResponse').map(({ properties }) => properties);
  const own = all.filter(({ RestApiId }) => RestApiId === apiId);
  return (reply, type) => {
    const [status, message] = standard[type];
    const group = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    const response =
      own.find(({ ResponseType }) => ResponseType === type) ?? own.find(({ ResponseType }) => ResponseType === group);
    const body = response?.ResponseTemplates['application/json'] ?? '{"message":$context.error.messageString}';
    for (const [name, value] of Object.entries(response?.ResponseParameters ?? {})) {
      reply.header(name.replace('gatewayresponse.header.', ''), value.replace(/^'(.*)'$/, '$1'));
    }
    return reply
      .status(Number(response?.StatusCode ?? status))
      .type('application/json')
      .send(
        body
          .replaceAll('$context.error.messageString', JSON.stringify(message))
          .replaceAll('$context.error.message', message),
      );
  };
}
