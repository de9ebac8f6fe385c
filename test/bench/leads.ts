import { randomBytes } from 'node:crypto';
import { closeLeads, type CloseLead } from '../../bin/close/leads.ts';
import { signedHeaders } from '../../bin/close/signature.ts';

/** A signed delivery, ready to be posted. */
export interface Delivery {
  body: Buffer;
  headers: Record<string, string>;
}

const funnelField = 'cf_am3UgCUhyM5iNDtAPL84enDjUrZx1JsyVZ9uD9TbYwG';

const signed = ({ body }: Pick<CloseLead, 'body'>, key: string): Delivery => ({
  body,
  headers: signedHeaders(body, key, Date.now()),
});

/** Distinct signed deliveries without end, cheap enough to be made while a load runs: a few samples with ever new ids. */
export function* endlessLeads(key: string): Generator<Delivery, never> {
  const samples = closeLeads({ count: 20, funnelField, tenant: 'north' }).map(({ id, body }) => {
    const text = body.toString();
    return { text, id, event: /ev_\w+/.exec(text)?.[0] ?? '' };
  });
  for (;;) {
    for (const { text, id, event } of samples) {
      const unique = randomBytes(20).toString('hex');
      const body = text.replaceAll(id, `lead_${unique}`).replace(event, `ev_${unique}`);
      yield signed({ body: Buffer.from(body) }, key);
    }
  }
}
