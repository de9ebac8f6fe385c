// fauxqs keeps its stores to itself, so they are imported by path. Its version is pinned exactly, and self-test.ts checks at
// each start what we built on them.
export { S3Error } from '../../node_modules/fauxqs/dist/common/errors.js';
export { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
export { getObject } from '../../node_modules/fauxqs/dist/s3/actions/getObject.js';
export { headObject } from '../../node_modules/fauxqs/dist/s3/actions/headObject.js';
export { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
export type { S3Object } from '../../node_modules/fauxqs/dist/s3/s3Types.d.ts';
export { matchesFilterPolicy, matchesFilterPolicyOnBody } from '../../node_modules/fauxqs/dist/sns/filter.js';
export { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
export { SqsStore, type SqsQueue } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
export type { MessageAttributeValue, SqsMessage } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.d.ts';
