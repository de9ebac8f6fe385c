import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { atOnce } from '../at-once.ts';
import { webFile, type WebFile } from './web-files.ts';

/** Where a stage's dashboard is, and what its pages are told of it. */
export interface DashboardPlace {
  stage: string;
  url: string;
  bucket: string;
  distributionId: string;
  authority: string;
  clientId: string;
  logoutUrl: string;
}

const UPLOADS_AT_ONCE = 8;
const CONFIG = 'config.json';
const PAGE = 'index.html';

/**
 * Puts the files where CloudFront finds them: what the page asks for first, the page last, so that it never names a file that is not there.
 * Nothing is deleted, since pages that are open ask for files of their own build. Returns how many files it put.
 */
export async function upload(place: DashboardPlace, built: WebFile[]): Promise<number> {
  const s3 = new S3Client({});
  const put = async ({ name, body, type, cacheControl }: WebFile) => {
    const what = { Bucket: place.bucket, Key: name, Body: body, ContentType: type, CacheControl: cacheControl };
    await s3.send(new PutObjectCommand(what));
  };
  const files = [...built.filter(({ name }) => name !== CONFIG), configOf(place)];
  await atOnce(
    UPLOADS_AT_ONCE,
    files.filter(({ name }) => name !== PAGE),
    put,
  );
  await atOnce(
    1,
    files.filter(({ name }) => name === PAGE),
    put,
  );
  await forget(place);
  return files.length;
}

/** What the web app reads at its start. */
const configOf = ({ authority, clientId, logoutUrl, stage }: DashboardPlace): WebFile =>
  webFile(CONFIG, Buffer.from(JSON.stringify({ authority, clientId, logoutUrl, stage })));

/** Has CloudFront ask for the page and its settings anew; every route is answered with the page. */
async function forget({ distributionId }: DashboardPlace): Promise<void> {
  const Items = [PAGE, CONFIG].map((name) => `/${name}`);
  await new CloudFrontClient({}).send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: { CallerReference: `deploy-${Date.now()}`, Paths: { Quantity: Items.length, Items } },
    }),
  );
}
