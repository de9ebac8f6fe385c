import type { FastifyRequest } from 'fastify';

/** What a call to S3 is about. The key is empty where it is about a bucket. */
export interface ObjectAddress {
  bucket: string;
  key: string;
  /** The version that is asked for; without one it is the current one. */
  versionId?: string | undefined;
}

export function addressOf({ params, query }: Pick<FastifyRequest, 'params' | 'query'>): ObjectAddress {
  const { bucket = '', '*': key = '' } = params as { bucket?: string; '*'?: string };
  const { versionId } = query as { versionId?: string };
  return { bucket, key, versionId };
}
