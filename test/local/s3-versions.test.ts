import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type ListObjectVersionsCommandInput,
} from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { bucket, propertiesOf, queueUrl, startFixture } from './fixture.ts';

const lookupBucket = 'fixture-lookup';

/** The fixture with a versioned bucket, one of somebody else without, and some rights on versions. */
function edit(template: EditableTemplate) {
  propertiesOf(template, 'Bucket')['VersioningConfiguration'] = { Status: 'Enabled' };
  propertiesOf(template, 'Function')['Environment'].Variables.LOOKUP_BUCKET = lookupBucket;
  const allow = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  propertiesOf(template, 'Policy')['PolicyDocument'].Statement.push(
    allow(['s3:DeleteObject'], `arn:aws:s3:::${bucket}/hide/*`),
    allow(['s3:DeleteObjectVersion', 's3:GetObjectVersion'], `arn:aws:s3:::${bucket}/erase/*`),
    allow(['s3:ListBucketVersions'], `arn:aws:s3:::${bucket}`),
  );
}

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture({ edit });
});
afterAll(async () => {
  await run.stop();
});

/** What a test does to one object. */
function at(Key: string, s3 = run.s3, Bucket = bucket) {
  const address = { Bucket, Key };
  const read = async (VersionId?: string) => {
    const { Body, ...rest } = await s3.send(new GetObjectCommand({ ...address, VersionId }));
    return { ...rest, text: await Body?.transformToString() };
  };
  return {
    put: async (Body: string | Uint8Array, more: object = {}) =>
      (await s3.send(new PutObjectCommand({ ...address, Body, ...more }))).VersionId ?? 'none',
    read,
    head: (VersionId?: string) => s3.send(new HeadObjectCommand({ ...address, VersionId })),
    remove: (VersionId?: string) => s3.send(new DeleteObjectCommand({ ...address, VersionId })),
    /** What the key holds, or the name of the error. */
    text: (VersionId?: string) =>
      read(VersionId).then(
        ({ text }) => text,
        (error: Error) => error.name,
      ),
    versions: () => versionsOf(s3, { Bucket, Prefix: Key }),
  };
}

/** The versions in their order, markers last as the SDK has them: id, and whether it is the latest or a marker. */
async function versionsOf(s3: S3Client, input: ListObjectVersionsCommandInput): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(input));
  return [
    ...Versions.map(({ VersionId, IsLatest }) => `${VersionId}${IsLatest ? ' latest' : ''}`),
    ...DeleteMarkers.map(({ VersionId, IsLatest }) => `${VersionId} marker${IsLatest ? ' latest' : ''}`),
  ];
}

/** The keys that the bucket announced, each message taken once. */
async function announced({ sqs, aws }: LocalRun): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const command = new ReceiveMessageCommand({ QueueUrl: queueUrl(aws, 'Announced'), MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(command);
    if (Messages.length === 0) return keys.sort();
    for (const { Body = '' } of Messages) keys.push(JSON.parse(Body).Records[0].s3.object.key);
  }
}

it('keeps what an object was before it was put again, with its metadata', async () => {
  const { put, read, head, versions } = at('kept');
  const one = await put('one', { Metadata: { tenant: 'acme' }, ContentType: 'application/json' });
  const two = await put('two', { ContentType: 'text/plain' });
  const empty = await put(new Uint8Array());
  expect(await read(one)).toMatchObject({
    text: 'one',
    Metadata: { tenant: 'acme' },
    ContentType: 'application/json',
    VersionId: one,
  });
  expect(await read(two)).toMatchObject({ text: 'two', Metadata: {}, ContentType: 'text/plain', VersionId: two });
  expect(await read(empty)).toMatchObject({ text: '', VersionId: empty });
  expect(await read()).toMatchObject({ text: '', VersionId: empty });
  expect(await head()).toMatchObject({ VersionId: empty, ContentLength: 0 });
  expect(await head(one)).toMatchObject({ VersionId: one, ContentLength: 3, ContentType: 'application/json' });
  expect(await versions()).toEqual([`${empty} latest`, two, one]);
});

it('hides a deleted object behind a marker until it is put again or the marker is deleted', async () => {
  const { put, text, remove, versions } = at('hidden');
  const one = await put('one');
  const { DeleteMarker, VersionId: marker } = await remove();
  expect(DeleteMarker).toBe(true);
  expect(await text()).toBe('NoSuchKey');
  expect(await text(one)).toBe('one');
  expect(await text(marker)).toBe('MethodNotAllowed');
  expect(await versions()).toEqual([one, `${marker} marker latest`]);
  const { Contents = [] } = await run.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'hidden' }));
  expect(Contents).toEqual([]);

  expect(await remove(marker)).toMatchObject({ DeleteMarker: true, VersionId: marker });
  expect(await text()).toBe('one');
  expect(await versions()).toEqual([`${one} latest`]);
});

it('puts a marker also on what was never there', async () => {
  const { remove, versions, text } = at('never-there');
  const { VersionId } = await remove();
  expect(await versions()).toEqual([`${VersionId} marker latest`]);
  expect(await text()).toBe('NoSuchKey');
});

it('takes a conditional put for the object that is there now, and makes no version of one that it refuses', async () => {
  const { put, remove, versions } = at('conditional');
  const one = await put('one', { IfNoneMatch: '*' });
  await expect(put('two', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(put('two', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  expect(await versions()).toEqual([`${one} latest`]);
  const { VersionId: marker } = await remove();
  await expect(put('two', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
  const two = await put('two', { IfNoneMatch: '*' });
  expect(await versions()).toEqual([`${two} latest`, one, `${marker} marker`]);
});

it('deletes exactly the version that is named, and shows the next newest', async () => {
  const { put, text, remove, versions, read } = at('exactly');
  const [one, two, three] = [await put('one', { Metadata: { n: '1' } }), await put('two'), await put('three')];
  expect(await remove(two)).toMatchObject({ VersionId: two });
  expect(await text()).toBe('three');
  expect(await remove(three)).not.toHaveProperty('DeleteMarker');
  expect(await read()).toMatchObject({ text: 'one', VersionId: one, Metadata: { n: '1' } });
  expect(await text(two)).toBe('NoSuchVersion');
  expect(await versions()).toEqual([`${one} latest`]);

  const { VersionId: marker } = await remove();
  const four = await put('four');
  await remove(four);
  expect([await text(), await text(one)]).toEqual(['NoSuchKey', 'one']);
  await remove(marker);
  await remove(one);
  await remove(one);
  expect([await text(), await versions()]).toEqual(['NoSuchKey', []]);
});

it('reads parts of an older version, and holds the conditions of a read', async () => {
  const { put } = at('ranges');
  const VersionId = await put('0123456789');
  await put('other');
  const read = (more: object) =>
    run.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'ranges', VersionId, ...more }));
  const { Body, ContentRange } = await read({ Range: 'bytes=2-4' });
  expect([await Body?.transformToString(), ContentRange]).toEqual(['234', 'bytes 2-4/10']);
  await expect(read({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

it('deletes many at once, with and without a version', async () => {
  const [a, b, c] = [at('many/a & <b>'), at('many/b'), at('many/c')];
  const [a1, b1, b2, c1] = [await a.put('1'), await b.put('1'), await b.put('2'), await c.put('1')];
  const { VersionId: c2 } = await c.remove();
  const { Deleted, Errors } = await run.s3.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: {
        Objects: [
          { Key: 'many/a & <b>' },
          { Key: 'many/b', VersionId: b2 },
          { Key: 'many/c', VersionId: c2 },
          { Key: 'many/d', VersionId: b2 },
        ],
      },
    }),
  );
  const marker = Deleted?.[0]?.DeleteMarkerVersionId;
  expect(Errors).toBeUndefined();
  expect(Deleted).toEqual([
    { Key: 'many/a & <b>', DeleteMarker: true, DeleteMarkerVersionId: marker },
    { Key: 'many/b', VersionId: b2 },
    { Key: 'many/c', VersionId: c2, DeleteMarker: true, DeleteMarkerVersionId: c2 },
    { Key: 'many/d', VersionId: b2 },
  ]);
  expect([await a.text(), await b.text(), await c.text()]).toEqual(['NoSuchKey', '1', '1']);
  expect(await versionsOf(run.s3, { Bucket: bucket, Prefix: 'many/' })).toEqual([
    a1,
    `${b1} latest`,
    `${c1} latest`,
    `${marker} marker latest`,
  ]);
});

it('refuses more than a thousand at once', async () => {
  const Objects = Array.from({ length: 1001 }, (_, index) => ({ Key: `too-many/${index}` }));
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } });
  await expect(run.s3.send(command)).rejects.toMatchObject({ name: 'MalformedXML' });
});

it('lists versions in pages, also behind one that was deleted meanwhile', async () => {
  const keys = ['pages/Zoë', 'pages/a', 'pages/b%&'];
  for (const key of [...keys, 'page', 'pages0']) for (const body of ['1', '2']) await at(key).put(body);
  await at('pages/a').remove();
  const seen: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await run.s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'pages/', MaxKeys: 2, ...markers }),
    );
    const { Versions = [], DeleteMarkers = [] } = page;
    expect(Versions.length + DeleteMarkers.length).toBeLessThanOrEqual(2);
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      seen.push(Key ?? '');
      await at(Key ?? '').remove(VersionId);
    }
    if (!page.IsTruncated) break;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  expect(seen).toEqual(['pages/Zoë', 'pages/Zoë', 'pages/a', 'pages/a', 'pages/a', 'pages/b%&', 'pages/b%&']);
  expect(await versionsOf(run.s3, { Bucket: bucket, Prefix: 'pages/' })).toEqual([]);
  expect(await versionsOf(run.s3, { Bucket: bucket, Prefix: 'page', KeyMarker: 'page' })).toHaveLength(2);
});

it('lists with a version its size, its ETag and its time', async () => {
  const { put } = at('listed');
  await put('12345');
  const before = await run.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'listed' }));
  await put('2');
  const { Versions } = await run.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'listed' }));
  const { ETag, VersionId, LastModified } = before;
  expect(Versions?.[1]).toMatchObject({ Key: 'listed', IsLatest: false, Size: 5, ETag, VersionId });
  expect(Math.trunc(Number(Versions?.[1]?.LastModified) / 1000)).toBe(Number(LastModified) / 1000);
});

it('makes a version of a copy and of an upload in parts too', async () => {
  const { put, text, versions } = at('target');
  const one = await put('one');
  await at('origin').put('copied');
  const target = { Bucket: bucket, Key: 'target' };
  const { VersionId: two } = await run.s3.send(
    new CopyObjectCommand({ ...target, CopySource: encodeURIComponent(`${bucket}/origin`) }),
  );
  const { UploadId } = await run.s3.send(new CreateMultipartUploadCommand(target));
  const { ETag } = await run.s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'in parts' }));
  expect(await versions()).toEqual([`${two} latest`, one]);
  const { VersionId: three } = await run.s3.send(
    new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }),
  );
  expect(await versions()).toEqual([`${three} latest`, two, one]);
  expect([await text(one), await text(two), await text()]).toEqual(['one', 'copied', 'in parts']);
});

it('announces what was put, and neither a deletion nor an older version that is current again', async () => {
  await announced(run);
  const { put, remove, text } = at('in/again');
  await put('one');
  const two = await put('two');
  expect(await announced(run)).toEqual(['in/again', 'in/again']);
  await remove(two);
  const { VersionId: marker } = await remove();
  await remove(marker);
  expect(await text()).toBe('one');
  expect(await announced(run)).toEqual([]);
});

it('knows no versions in a bucket without them', async () => {
  const { put, read, remove, text, versions } = at('plain', run.s3, lookupBucket);
  expect(await put('one')).toBe('none');
  await put('two');
  expect(await read()).not.toHaveProperty('VersionId');
  expect(await remove()).not.toHaveProperty('DeleteMarker');
  expect([await text(), await versions()]).toEqual(['NoSuchKey', []]);
  await put('three');
  const Delete = { Objects: [{ Key: 'plain' }] };
  const { Deleted } = await run.s3.send(new DeleteObjectsCommand({ Bucket: lookupBucket, Delete }));
  expect(Deleted).toEqual([{ Key: 'plain' }]);
  expect(await text()).toBe('NoSuchKey');
});

it('lets a function read, list and delete only the versions that its role names', async () => {
  const s3 = new S3Client({
    endpoint: run.aws,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'fixture.1', secretAccessKey: 'x' },
  });
  const [hide, erase] = ['hide/a', 'erase/a'];
  const [hidden, erased] = [await at(hide).put('1'), await at(erase).put('1')];
  expect(await at(erase, s3).text(erased)).toBe('1');
  expect(await at(hide, s3).text(hidden)).toBe('AccessDenied');
  expect(await at(hide, s3).text()).toBe('1');
  await expect(at(hide, s3).remove(hidden)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(at(erase, s3).remove()).rejects.toMatchObject({ name: 'AccessDenied' });
  await at(erase).remove();
  expect([await at(erase, s3).text(), await at(erase, s3).text(erased)]).toEqual(['AccessDenied', '1']);
  expect(await versionsOf(s3, { Bucket: bucket, Prefix: hide })).toEqual([`${hidden} latest`]);
  await expect(versionsOf(s3, { Bucket: lookupBucket })).rejects.toMatchObject({ name: 'AccessDenied' });

  const Objects = [{ Key: hide }, { Key: hide, VersionId: hidden }, { Key: erase }, { Key: erase, VersionId: erased }];
  const deletion = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
  const { Deleted, Errors } = await s3.send(deletion);
  expect(Deleted).toBeUndefined();
  expect(Errors).toEqual([
    { Key: hide, VersionId: hidden, Code: 'AccessDenied', Message: 'Access Denied' },
    { Key: erase, Code: 'AccessDenied', Message: 'Access Denied' },
  ]);
  expect([await at(hide).text(), await at(hide).text(hidden)]).toEqual(['NoSuchKey', '1']);
  expect(await at(erase).text(erased)).toBe('NoSuchVersion');
  expect(run.logs()).toContain(
    `fixture may not s3:DeleteObjectVersion on arn:aws:s3:::${bucket}/hide/a: AccessDenied.`,
  );
});

it('keeps versions over a restart, and gives one to what was there before the bucket was versioned', async () => {
  const dataDir = newDataDir();
  const unversioned = await startFixture({ dataDir });
  await at('old', unversioned.s3).put('old');
  await unversioned.stop();

  const first = await startFixture({ dataDir, edit });
  const [old] = await at('old', first.s3).versions();
  expect(await at('old', first.s3).read()).toMatchObject({ text: 'old', VersionId: old?.replace(' latest', '') });
  const [one, two] = [await at('new', first.s3).put('one'), await at('new', first.s3).put('two')];
  const { VersionId: marker } = await at('old', first.s3).remove();
  await first.kill('SIGKILL');

  await using second = await startFixture({ dataDir, edit });
  expect(await at('new', second.s3).versions()).toEqual([`${two} latest`, one]);
  expect(await at('old', second.s3).versions()).toEqual([old?.replace(' latest', ''), `${marker} marker latest`]);
  expect([await at('new', second.s3).text(one), await at('old', second.s3).text()]).toEqual(['one', 'NoSuchKey']);
  await at('new', second.s3).remove(two);
  expect(await at('new', second.s3).text()).toBe('one');
});

it('has every version, and no half of one, after it was killed in the middle of puts', async () => {
  const dataDir = newDataDir();
  const killed = await startFixture({ dataDir, edit });
  const acknowledged = new Map<string, string>();
  const puts = Array.from({ length: 400 }, async (_, index) => {
    acknowledged.set(await at(`in/${index % 8}`, killed.s3).put(String(index)), String(index));
  });
  await until('some are put', async () => acknowledged.size >= 50);
  const ended = Promise.allSettled(puts);
  await killed.kill('SIGKILL');
  await ended;

  await using again = await startFixture({ dataDir, edit });
  const { Versions = [] } = await again.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'in/' }));
  expect(Versions.map(({ VersionId }) => VersionId)).toEqual(expect.arrayContaining([...acknowledged.keys()]));
  expect(await announced(again)).toEqual(Versions.map(({ Key }) => Key));
  for (const { Key = '', VersionId = '', IsLatest, ETag } of Versions) {
    const text = acknowledged.get(VersionId) ?? expect.stringMatching(/^\d+$/);
    expect(await at(Key, again.s3).read(VersionId)).toMatchObject({ ETag, text });
    if (IsLatest) expect(await at(Key, again.s3).read()).toMatchObject({ ETag, VersionId });
  }
});
