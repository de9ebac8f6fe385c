import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessPorts } from './access.ts';
import { isDeleteObjects } from './actions.ts';
import type { Call } from './call.ts';
import { deleteObjects } from './delete-objects.ts';
import { addressOf } from './object-address.ts';
import { refusesPut } from './s3-conditions.ts';
import { answersAboutVersions } from './s3-versions.ts';

/** Answers the calls to S3 that fauxqs lacks or gets wrong; says false where fauxqs is to carry the call out. */
export function answersS3(call: Call, request: FastifyRequest, reply: FastifyReply, ports: AccessPorts): boolean {
  const { stores, versions } = ports;
  const address = addressOf(request);
  if (isDeleteObjects(request) && stores.s3.hasBucket(address.bucket)) {
    deleteObjects(call, request, reply, ports);
    return true;
  }
  if (versions.covers(address.bucket) && answersAboutVersions(request, reply, versions)) return true;
  return request.method === 'PUT' && address.key !== '' && refusesPut(request, reply, address, stores.s3);
}
