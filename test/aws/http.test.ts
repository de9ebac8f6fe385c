import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from '@jest/globals';
import { refusal, reply, toRequest } from '../../lambdas/aws/http.ts';
import { Rejected, Unavailable } from '../../lambdas/core/failures.ts';
import { apiEvent } from '../fixtures/api-event.ts';

const publicUrl = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod';
const request = (change: Partial<APIGatewayProxyEvent>) => toRequest(apiEvent(change), publicUrl);

describe('a request', () => {
  it.each<[string, Partial<APIGatewayProxyEvent>]>([
    [
      'both kinds of headers',
      {
        headers: { 'Close-Sig-Hash': 'abc', Host: 'h' },
        multiValueHeaders: { 'Close-Sig-Hash': ['abc'], Host: ['h'] },
      },
    ],
    ['single headers only', { headers: { 'close-sig-hash': 'abc', HOST: 'h' }, multiValueHeaders: null as never }],
    [
      'multi-value headers only',
      { headers: null as never, multiValueHeaders: { 'CLOSE-SIG-HASH': ['abc'], host: ['h'] } },
    ],
    [
      'single headers beside empty multi-value ones',
      { headers: { 'Close-Sig-Hash': 'abc', Host: 'h' }, multiValueHeaders: {} },
    ],
  ])('has the same headers, in lower case, from %s', (_, shape) => {
    expect(request(shape).headers).toEqual({ 'close-sig-hash': 'abc', host: 'h' });
  });

  it('has both values of a header that came twice', () => {
    expect(request({ multiValueHeaders: { 'X-Sig': ['a', 'b'] }, headers: { 'X-Sig': 'b' } }).headers['x-sig']).toBe(
      'a, b',
    );
  });

  it('has no headers and no body where there are none', () => {
    expect(request({ headers: null as never, multiValueHeaders: null as never, body: null })).toMatchObject({
      headers: {},
      body: Buffer.alloc(0),
    });
  });

  it('has the bytes that were sent, in base64 or as text', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    expect(request({ body: bytes.toString('base64'), isBase64Encoded: true }).body).toEqual(bytes);
    expect(request({ body: '{"name": "Zoë"}', isBase64Encoded: false }).body).toEqual(Buffer.from('{"name": "Zoë"}'));
  });

  it('has the address that the vendor called, from the public one', () => {
    expect(request({}).url).toBe(`${publicUrl}/webhooks/close`);
    expect(request({ resource: '/crm/webhook', pathParameters: null }).url).toBe(`${publicUrl}/crm/webhook`);
    expect(request({ requestContext: { path: '/other-base/webhooks/close' } as never }).url).toBe(
      `${publicUrl}/webhooks/close`,
    );
  });

  it.each<[string, Partial<APIGatewayProxyEvent>]>([
    ['many', { multiValueQueryStringParameters: { 'hub.mode': ['subscribe'], 'hub.challenge': ['a b'] } }],
    [
      'one',
      {
        multiValueQueryStringParameters: null,
        queryStringParameters: { 'hub.mode': 'subscribe', 'hub.challenge': 'a b' },
      },
    ],
  ])('has its query, given as %s value a name', (_, shape) => {
    const { query, url } = request(shape);
    expect(query).toEqual({ 'hub.mode': 'subscribe', 'hub.challenge': 'a b' });
    expect(url).toBe(`${publicUrl}/webhooks/close?hub.mode=subscribe&hub.challenge=a+b`);
  });
});

describe('an answer', () => {
  it('is plain text', () => {
    expect(reply(200, 'received')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'received',
    });
  });

  it('to what the sender did wrong has its reason', () => {
    expect(refusal(new Rejected(401, 'bad signature'))).toMatchObject({ statusCode: 401, body: 'bad signature' });
  });

  it.each([
    [new Unavailable('store', 'S3 did not take the delivery', { cause: new Error('arn:aws:s3:::leads') })],
    [new TypeError('undefined is not a function at /var/task/index.mjs')],
    ['a string'],
  ])('to anything else is "try again", and says nothing of us', (error) => {
    expect(refusal(error)).toEqual({
      statusCode: 503,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '30' },
      body: 'try again later',
    });
  });
});
