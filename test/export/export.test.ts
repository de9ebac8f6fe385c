import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { exportLeads } from '../../lambdas/export/export.ts';
import { EXPORT_ID, ExportWorld, job, leadAfter } from '../fixtures/export-world.ts';
import { noFacts } from '../fixtures/lead.ts';

const message = { v: 1, tenant: 'north', export_id: EXPORT_ID } as const;
const rowsOf = (world: ExportWorld) =>
  parse<Record<string, string>>(world.files.get(`north/${EXPORT_ID}`) ?? '', { bom: true, columns: true });
const many = (count: number) => Array.from({ length: count }, (_, n) => leadAfter(n));

describe('a list of leads', () => {
  it('has all of them, the newest first, and says how many', async () => {
    const world = new ExportWorld(...many(1234));
    expect(await exportLeads(message, world.ports)).toEqual({ outcome: 'done', count: 1234 });
    expect(rowsOf(world).map(({ ID }) => ID)).toEqual(
      many(1234)
        .map(({ lead_id }) => lead_id)
        .toReversed(),
    );
    expect(world.jobs.get(EXPORT_ID)).toMatchObject({ state: 'done', count: 1234 });
  });

  it('says of each what people know of it, by the clocks of the tenant', async () => {
    const world = new ExportWorld(
      leadAfter(0, {
        status: 'contacted',
        category: 'subscribed',
        assigned: { name: 'Ana Diaz' },
        nextCallDate: '2026-03-06',
        notes: 'Call "after" lunch;\nask for Zoë',
        toldAt: '2026-03-05T13:40:02.000Z',
        firstTouchAt: '2026-03-05T23:40:02.000Z',
        list: 'Meta Ads Leads',
      }),
    );
    await exportLeads(message, world.ports);
    expect(rowsOf(world)).toEqual([
      {
        ID: 'lead_0',
        Name: 'Zoë Müller',
        'E-mail': 'zoe@example.org',
        Phone: "'+1 415 555 0100",
        Company: 'Acme',
        Status: 'Contacted',
        Category: 'Already subscribed',
        Owner: 'Ana Diaz',
        'Next call': '2026-03-06',
        'Created (Europe/Berlin)': '2026-03-05 14:30:00',
        'Received (Europe/Berlin)': '2026-03-05 14:30:01',
        'Told (Europe/Berlin)': '2026-03-05 14:40:02',
        'First touch (Europe/Berlin)': '2026-03-06 00:40:02',
        Source: 'Close',
        List: 'Meta Ads Leads',
        Page: '',
        Form: 'Spring form',
        Ad: '',
        Campaign: 'Spring campaign',
        'Added by hand': '',
        Test: '',
        'Deleted at its source': '',
        Notes: 'Call "after" lunch;\nask for Zoë',
        Answers: 'Budget: 150k-250k; Start: soon',
      },
    ]);
  });

  it('has only those that its filter means, and no other tenant’s', async () => {
    const world = new ExportWorld(
      leadAfter(1, { category: 'subscribed' }),
      leadAfter(2),
      leadAfter(3, { category: 'subscribed', isTest: true }),
      leadAfter(4, { category: 'subscribed', tenant: 'south' }),
      leadAfter(5, { category: 'subscribed', receivedAt: '2026-03-05T23:00:00.000Z' }),
    );
    world.jobs.set(EXPORT_ID, { ...job, filter: { category: 'subscribed', to: '2026-03-05' } });
    expect(await exportLeads(message, world.ports)).toMatchObject({ count: 1 });
    expect(rowsOf(world).map(({ ID }) => ID)).toEqual(['lead_1']);
  });

  it('of nobody has its head alone', async () => {
    const world = new ExportWorld();
    expect(await exportLeads(message, world.ports)).toMatchObject({ outcome: 'done', count: 0 });
    expect(world.files.get(`north/${EXPORT_ID}`)).toMatch(/^\uFEFFID,Name,.*,Answers\r\n$/);
  });

  it('has no cell that a program would take for a formula, whatever people wrote', async () => {
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', ' =1', '＝1', '",=1', '\n=1'];
    const world = new ExportWorld(
      ...evil.map((text, n) =>
        leadAfter(n, {
          facts: {
            ...noFacts,
            display_name: text,
            lead_email: text,
            phone: text,
            company: text,
            attribution: { page: text, form: text, ad: text, campaign: text },
            answers: [{ question: text, answer: text }],
          },
          notes: text,
          list: text,
          assigned: { name: text },
          status: text,
        }),
      ),
    );
    await exportLeads(message, world.ports);
    const cells = rowsOf(world).flatMap((row) => Object.values(row));
    expect(cells).toHaveLength(24 * evil.length);
    expect(cells.filter((cell) => /^[\s\uFEFF]*[=+\-@\t\r\0＝＋－＠]/u.test(cell))).toEqual([]);
  });

  it('is read no faster than it is kept', async () => {
    const world = new ExportWorld(...many(4000));
    let ahead = 0;
    const ports = {
      ...world.ports,
      saveExport: async (_: object, text: AsyncIterable<string>) => {
        let pieces = 0;
        for await (const _piece of text) {
          ahead = Math.max(ahead, world.queries - pieces);
          pieces += 1;
        }
      },
    };
    await exportLeads(message, ports);
    expect([world.queries, ahead]).toEqual([10, 0]);
  });
});

describe('a message that comes again', () => {
  it('makes nothing where the list is there', async () => {
    const world = new ExportWorld(leadAfter(0));
    await exportLeads(message, world.ports);
    world.leads.push(leadAfter(1));
    expect(await exportLeads(message, world.ports)).toEqual({ outcome: 'repeat' });
    expect(rowsOf(world)).toHaveLength(1);
  });

  it('makes the list after a try that failed, of which people were told', async () => {
    const world = new ExportWorld(...many(1000));
    world.onQuery = () => {
      if (world.queries === 2) throw new Error('the table is down');
    };
    await expect(exportLeads(message, world.ports)).rejects.toThrow('the table is down');
    expect([world.jobs.get(EXPORT_ID)?.state, world.files.size]).toEqual(['failed', 0]);
    expect(await exportLeads(message, world.ports)).toEqual({ outcome: 'done', count: 1000 });
    expect(world.jobs.get(EXPORT_ID)?.state).toBe('done');
  });

  it('of another tenant’s list, or of none, makes nothing', async () => {
    const world = new ExportWorld(leadAfter(0));
    expect(await exportLeads({ ...message, tenant: 'south' }, world.ports)).toEqual({ outcome: 'deleted' });
    expect(world.files.size).toBe(0);
  });
});

describe('an erasure', () => {
  it('that comes while a list is made keeps it from being kept', async () => {
    const world = new ExportWorld(...many(1000));
    world.onQuery = () => void (world.queries === 2 && world.erase());
    expect(await exportLeads(message, world.ports)).toEqual({ outcome: 'deleted' });
    expect([world.files.size, world.jobs.size]).toEqual([0, 0]);
  });

  it('whose first pass comes when the list is as good as kept takes it along with its second', async () => {
    const world = new ExportWorld(leadAfter(0));
    const { saveExport } = world.ports;
    const ports = {
      ...world.ports,
      saveExport: async (of: { tenant: string; id: string }, text: AsyncIterable<string>) => {
        const pieces: string[] = [];
        for await (const piece of text) pieces.push(piece);
        world.erase();
        await saveExport(
          of,
          (async function* () {
            yield* pieces;
          })(),
        );
      },
    };
    expect(await exportLeads(message, ports)).toEqual({ outcome: 'deleted' });
    expect([world.files.size, world.jobs.size]).toEqual([1, 0]);
    world.erase();
    expect(world.files.size).toBe(0);
  });
});
