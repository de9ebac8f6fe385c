import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessPorts } from './access.ts';
import { deleteNeed } from './actions.ts';
import { answerError } from './aws-error.ts';
import type { Call } from './call.ts';
import { addressOf, type ObjectAddress } from './object-address.ts';
import { elements, textOfElement } from './xml.ts';

/** What S3 deletes at once. */
const most = 1000;

/** DeleteObjects: each by itself, so that one that the caller may not delete stays and stands among the errors. */
export function deleteObjects(call: Call, request: FastifyRequest, reply: FastifyReply, ports: AccessPorts) {
  const { bucket } = addressOf(request);
  const body = String(request.body);
  const addresses = [...body.matchAll(/<Object>(.*?)<\/Object>/gs)].map(([, object = '']) => ({
    bucket,
    key: textOfElement(object, 'Key') ?? '',
    versionId: textOfElement(object, 'VersionId'),
  }));
  if (addresses.length === 0 || addresses.length > most)
    return answerError(reply, 's3', 400, 'MalformedXML', `From 1 to ${most} objects are deleted at once.`);
  const isQuiet = textOfElement(body, 'Quiet') === 'true';
  const results = addresses.map((address) =>
    mayDelete(address, call, ports) ? deleteOne(address, isQuiet, ports) : refusal(address),
  );
  return reply
    .type('application/xml')
    .send(
      `<?xml version="1.0" encoding="UTF-8"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${results.join('')}</DeleteResult>`,
    );
}

function mayDelete(address: ObjectAddress, { allowed, environment }: Call, ports: AccessPorts): boolean {
  const need = deleteNeed(address);
  if (!allowed || !environment || allowed(need.action, need.resource)) return true;
  ports.denied(environment.functionName, need);
  return false;
}

function refusal({ key, versionId }: ObjectAddress): string {
  const error = { Key: key, VersionId: versionId, Code: 'AccessDenied', Message: 'Access Denied' };
  return `<Error>${elements(error)}</Error>`;
}

function deleteOne(address: ObjectAddress, isQuiet: boolean, { stores, versions }: AccessPorts): string {
  const { bucket, key, versionId } = address;
  const isVersioned = versions.covers(bucket);
  if (!isVersioned) stores.s3.deleteObject(bucket, key);
  const deleted = isVersioned ? versions.delete(address) : undefined;
  const marker = deleted && !deleted.object ? deleted.versionId : undefined;
  const answer = {
    Key: key,
    VersionId: isVersioned ? versionId : undefined,
    DeleteMarker: marker && true,
    DeleteMarkerVersionId: marker,
  };
  return isQuiet ? '' : `<Deleted>${elements(answer)}</Deleted>`;
}
