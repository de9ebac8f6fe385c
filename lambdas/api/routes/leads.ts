import { createRoute } from '@hono/zod-openapi';
import { addLead, type AddPorts } from '../add-lead.ts';
import { type ChangePorts, listChanges } from '../list-changes.ts';
import { listLeads, type ListPorts } from '../list-leads.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf, pageOf } from '../schemas/answer.ts';
import { LeadDetail, LeadPage, LeadQuery, LeadRow, LeadSearch, NewLead } from '../schemas/lead.ts';
import { searchLeads, type SearchPorts } from '../search-leads.ts';

export interface LeadsPorts extends ListPorts, ChangePorts, SearchPorts, AddPorts {}

const list = createRoute({
  method: 'get',
  path: '/leads',
  summary: 'A page of leads, the newest first; with `since` what changed',
  ...forRole('rep'),
  request: { query: LeadQuery },
  responses: answers(LeadPage),
});

const search = createRoute({
  method: 'post',
  path: '/leads/search',
  summary: 'Leads by the beginning of a name or an e-mail address, by phone number or id',
  ...forRole('rep'),
  request: { body: bodyOf(LeadSearch) },
  responses: answers(pageOf(LeadRow)),
});

const add = createRoute({
  method: 'post',
  path: '/leads',
  summary: 'Add a lead by hand; the same key again is the same lead',
  ...forRole('rep'),
  request: { body: bodyOf(NewLead) },
  responses: {
    ...answers(answerOf(LeadDetail), 'It was there'),
    201: answers(answerOf(LeadDetail), 'It is kept')[200],
  },
});

/** Leads as lists, found, and added. */
export const leadsRoutes = (ports: LeadsPorts) =>
  routes()
    .openapi(list, async (c) => {
      const { limit, cursor, since, ...filter } = c.req.valid('query');
      const actor = c.get('actor');
      return c.json(
        since === undefined
          ? await listLeads(actor, filter, { limit, cursor }, ports)
          : await listChanges(actor, since, limit, ports),
        200,
      );
    })
    .openapi(search, async (c) => {
      const data = await searchLeads(c.get('actor'), c.req.valid('json'), ports);
      return c.json({ success: true as const, data, count: data.length, cursor: null }, 200);
    })
    .openapi(add, async (c) => {
      const { isNew, lead } = await addLead(c.get('actor'), c.req.valid('json'), ports);
      return c.json({ success: true as const, data: lead }, isNew ? 201 : 200);
    });
