import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OVERLAP } from '../../lambdas/api/list-changes.ts';
import { LeadPage } from '../../lambdas/api/schemas/lead.ts';
import { startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

/** Each test has a tenant of its own. */
let tenant = '';
let count = 0;
beforeEach(() => {
  count += 1;
  tenant = `t${count}`;
});

const page = async (query: string): Promise<LeadPage> => {
  const { status, body } = await world.as({ tenant }).get(`/api/leads?${query}`);
  expect(status).toBe(200);
  return LeadPage.parse(body);
};
const at = (seconds: number) => new Date(world.clock.now + seconds * 1000).toISOString();
const lead = (id: string, seconds: number) => world.lead(0, { tenant, id, at: at(seconds) });
const pass = (seconds: number) => (world.clock.now += seconds * 1000);

/** A page that asks again and again, and keeps what it did not know: by id and time of change. */
async function screen() {
  let { since } = await page('limit=1');
  const known = new Set<string>();
  return async () => {
    const news: string[] = [];
    for (let more = true; more;) {
      const answer = await page(`limit=3&since=${since}`);
      for (const { id, updated_at } of answer.data) {
        if (known.has(`${id} ${updated_at}`)) continue;
        known.add(`${id} ${updated_at}`);
        news.push(id);
      }
      ({ since, more } = answer);
    }
    return news;
  };
}

describe('whoever asks since a page', () => {
  it('is told what came in or changed since then, the oldest first, and nothing twice', async () => {
    await lead('old', -3600);
    const news = await screen();
    expect(await news()).toEqual([]);
    pass(3);
    await lead('first', -2);
    await lead('second', -1);
    expect(await news()).toEqual(['first', 'second']);
    pass(3);
    expect(await news()).toEqual([]);
    await world.as({ tenant }).patch('/api/leads/old', { version: 0, status: 'won' });
    pass(3);
    expect(await news()).toEqual(['old']);
  });

  it('misses nothing that was written while the page was read', async () => {
    const first = await page('');
    await lead('meanwhile', 0);
    expect((await page(`since=${first.since}`)).data.map(({ id }) => id)).toEqual(['meanwhile']);
  });

  it('is told of writes that show up late, with a time before the last look', async () => {
    const news = await screen();
    pass(60);
    await lead('on_time', -1);
    expect(await news()).toEqual(['on_time']);
    pass(3);
    // Begun before the last look, and there after it.
    await lead('late', -3 - 20);
    expect(await news()).toEqual(['late']);
    pass(OVERLAP / 1000 - 5);
    await lead('very_late', -OVERLAP / 1000 + 3);
    expect(await news()).toEqual(['very_late']);
  });

  it('is told of a change whose writer’s clock is behind, which moves a lead back among the changes', async () => {
    await lead('one', -100);
    const news = await screen();
    pass(5);
    await world.leads.markTold('leads', { tenant, lead_id: 'one' }, at(-1));
    expect(await news()).toEqual(['one']);
    pass(3);
    await world.leads.markDeleted('leads', { tenant, lead_id: 'one' }, at(0), at(-10));
    expect(await news()).toEqual(['one']);
  });

  it('gets many changes page by page, and those that come meanwhile by the next look at the latest', async () => {
    const news = await screen();
    pass(10);
    for (let number = 0; number < 10; number += 1) await lead(`lead_${number}`, -9 + number / 10);
    const { since } = await page('limit=1');
    pass(1);
    const first = await page(`limit=4&since=${since}`);
    expect([first.count, first.more]).toEqual([4, true]);
    // One behind and one before the place where this look is.
    await lead('before', -10);
    await lead('behind', 0);
    const rest: string[] = [];
    for (let answer = first; answer.more;) {
      answer = await page(`limit=4&since=${answer.since}`);
      rest.push(...answer.data.map(({ id }) => id));
    }
    expect(rest).toContain('behind');
    expect(rest).not.toContain('before');
    expect(new Set(await news()).size).toBe(12);
  });

  it('is told of test leads too, and never of a contact that is none', async () => {
    const { since } = await page('');
    await world.lead(0, { tenant, id: 'test', at: at(0), isTest: true });
    await world.leads.markDeleted('leads', { tenant, lead_id: 'contact' }, at(0), at(0));
    const { data } = await page(`since=${since}`);
    expect(data.map(({ id, is_test }) => [id, is_test])).toEqual([['test', true]]);
  });

  it('from a clock ahead of ours loses nothing until ours is there', async () => {
    const { since: ahead } = await import('../../lambdas/core/page-cursor.ts');
    const future = ahead({ from: '2999-01-01T00:00:00.000Z' });
    await lead('now', 0);
    const answer = await page(`since=${future}`);
    expect(answer.data.map(({ id }) => id)).toEqual(['now']);
    pass(1);
    await lead('next', 0);
    expect((await page(`since=${answer.since}`)).data.map(({ id }) => id)).toContain('next');
  });

  it('costs one query where nothing changed', async () => {
    const { since } = await page('');
    world.calls.length = 0;
    await page(`since=${since}`);
    expect(world.calls).toEqual(['QueryCommand']);
  });
});
