/**
 * Ends each try of a call: a connection after a second, an answer after these milliseconds. Without the last line the SDK only warns
 * (https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/http/httpHandlerInitialization.ts).
 */
export const answerWithin = (milliseconds: number) => ({
  connectionTimeout: 1000,
  requestTimeout: milliseconds,
  throwOnRequestTimeout: true,
});
