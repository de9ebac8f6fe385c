/**
 * The keys that a message from S3 names, decoded; none for the test event that S3 sends when notifications are configured.
 * Keys are URL-encoded with `+` for a space (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
export function keysIn(messageBody: string): string[] {
  const message = JSON.parse(messageBody) as { Event?: string; Records?: { s3: { object: { key: string } } }[] };
  if (message.Event === 's3:TestEvent') return [];
  if (!message.Records) throw new Error('a message on the capture queue is not from S3');
  return message.Records.map((record) => decodeURIComponent(record.s3.object.key.replace(/\+/g, ' ')));
}
