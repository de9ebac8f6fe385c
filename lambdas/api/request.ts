/** What is read of an event of a REST API. */
interface ProxyEvent {
  httpMethod: string;
  path: string;
  headers: Record<string, string | undefined> | null;
  multiValueQueryStringParameters: Record<string, string[] | undefined> | null;
  body: string | null;
  isBase64Encoded: boolean;
}

/** Carries no body, whatever came with it. */
const bodiless = ['GET', 'HEAD'];

/** The request as the routes read it. Of headers only the kind of body matters: who it is stands in the claims. */
export function requestOf({
  httpMethod,
  path,
  headers,
  multiValueQueryStringParameters,
  body,
  isBase64Encoded,
}: ProxyEvent): Request {
  const url = new URL('https://api.invalid');
  url.pathname = path;
  for (const [name, values = []] of Object.entries(multiValueQueryStringParameters ?? {}))
    for (const value of values) url.searchParams.append(name, value);
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return new Request(url, {
    method: httpMethod,
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== null &&
      !bodiless.includes(httpMethod) && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
  });
}
