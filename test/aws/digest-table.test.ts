import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as ChannelTable from '../../lambdas/aws/channel-table.ts';
import type * as DigestTable from '../../lambdas/aws/digest-table.ts';
import { type DigestEntry, PART_SIZE } from '../../lambdas/core/digest.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let digests: typeof DigestTable;
let channels: typeof ChannelTable;
beforeAll(async () => {
  table = await startTable();
  digests = await import('../../lambdas/aws/digest-table.ts');
  channels = await import('../../lambdas/aws/channel-table.ts');
});
afterAll(() => table.stop());

const at = '2026-03-05T13:30:02.000Z';
let window = 0;
const newPlace = () => ({ tenant: 'north', channel: 'slack', window: (window += 1) });
const entry = (n: number): DigestEntry => ({
  lead_id: `9_${n}`,
  source: 'hubspot',
  name: 'Zoë',
  owner: 'Ana',
  category: 'pending',
  isTest: false,
  isBulk: true,
});

describe('a part of a digest', () => {
  it('is made once, with its first lead, and takes others until it is closed', async () => {
    const place = newPlace();
    expect(await digests.joinDigest(TABLE, place, 0, entry(1))).toBe(false);
    expect(await digests.makeDigestPart(TABLE, place, 0, entry(1), at)).toBe(true);
    expect(await digests.makeDigestPart(TABLE, place, 0, entry(2), at)).toBe(false);
    expect(await digests.joinDigest(TABLE, place, 0, entry(2))).toBe(true);
    expect(await digests.joinDigest(TABLE, place, 0, entry(2))).toBe(true);
    const closed = await digests.closeDigestPart(TABLE, place, 0, at);
    expect(closed).toEqual({ leads: { '9_1': entry(1), '9_2': entry(2) }, isClosed: true, isEnd: false });
    expect(await digests.joinDigest(TABLE, place, 0, entry(3))).toBe(false);
    expect(await digests.closeDigestPart(TABLE, place, 0, 'later')).toEqual(closed);
    expect(await digests.digestPartOf(TABLE, place, 0)).toEqual(closed);
  });

  it('that is full takes no more, but the same lead again', async () => {
    const place = newPlace();
    await digests.makeDigestPart(TABLE, place, 0, entry(0), at);
    for (let n = 1; n < PART_SIZE; n += 1) expect(await digests.joinDigest(TABLE, place, 0, entry(n))).toBe(true);
    expect(await digests.joinDigest(TABLE, place, 0, entry(PART_SIZE))).toBe(false);
    expect(await digests.joinDigest(TABLE, place, 0, entry(7))).toBe(true);
  });

  it('that is the end takes nobody, and there is none behind it', async () => {
    const place = newPlace();
    expect(await digests.closeDigestPart(TABLE, place, 0, at)).toBeUndefined();
    expect(await digests.makeDigestPart(TABLE, place, 0, undefined, at)).toBe(true);
    expect(await digests.closeDigestPart(TABLE, place, 0, at)).toEqual({ leads: {}, isClosed: true, isEnd: true });
    expect(await digests.joinDigest(TABLE, place, 0, entry(1))).toBe(false);
  });

  it('loses a lead that is erased, and forgets everybody once they have their records', async () => {
    const place = newPlace();
    await digests.makeDigestPart(TABLE, place, 0, entry(1), at);
    await digests.joinDigest(TABLE, place, 0, entry(2));
    await digests.leaveDigestOf(TABLE, place, '9_1');
    await digests.leaveDigestOf(TABLE, place, '9_7');
    expect(Object.keys((await digests.digestPartOf(TABLE, place, 0))?.leads ?? {})).toEqual(['9_2']);
    await digests.emptyDigestPart(TABLE, place, 0);
    expect((await digests.digestPartOf(TABLE, place, 0))?.leads).toEqual({});
  });

  it('is joined by 50 at once, each once', async () => {
    const place = newPlace();
    await digests.makeDigestPart(TABLE, place, 0, entry(0), at);
    await Promise.all(Array.from({ length: 50 }, (_, n) => digests.joinDigest(TABLE, place, 0, entry(n))));
    expect(Object.keys((await digests.digestPartOf(TABLE, place, 0))?.leads ?? {})).toHaveLength(50);
  });
});

describe('alerts of a minute', () => {
  const of = { tenant: 'north', channel: 'email' };

  it('are counted one by one, of each tenant and channel by itself', async () => {
    const counts = await Promise.all(Array.from({ length: 10 }, () => digests.countAlert(TABLE, of, 100)));
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await digests.countAlert(TABLE, { ...of, tenant: 'south' }, 100)).toBe(1);
  });

  it('begin anew with the next minute, and a clock that is behind counts in that one', async () => {
    expect(await digests.countAlert(TABLE, of, 101)).toBe(1);
    expect(await digests.countAlert(TABLE, of, 100)).toBe(2);
  });
});

describe('the record of a lead in a digest', () => {
  const lead = { tenant: 'north', lead_id: '9_1' };

  it('says which one, until it was told: then it is in none', async () => {
    expect(await channels.channelRecordOf(TABLE, lead, 'slack')).toBeUndefined();
    expect(await channels.noteDigest(TABLE, lead, 'slack', 7)).toBe(true);
    expect(await channels.noteDigest(TABLE, lead, 'slack', 8)).toBe(true);
    expect(await channels.channelRecordOf(TABLE, lead, 'slack')).toMatchObject({
      state: 'digest',
      window: 8,
      attempts: 0,
    });
    await channels.settleChannel(TABLE, lead, 'slack', { state: 'told', detail: 'digest_slack_8', at });
    expect(await channels.noteDigest(TABLE, lead, 'slack', 9)).toBe(false);
    expect(await channels.channelRecordOf(TABLE, lead, 'slack')).toMatchObject({
      state: 'told',
      receipt: 'digest_slack_8',
    });
  });
});
