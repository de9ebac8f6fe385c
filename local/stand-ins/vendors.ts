import * as z from 'zod';

/** An answer that somebody set. */
export const VendorAnswer = z.strictObject({
  status: z.int().min(100).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  json: z.unknown(),
});
export type VendorAnswer = z.output<typeof VendorAnswer>;

export const vendors = ['graph', 'hubspot', 'close'] as const;
export type Vendor = (typeof vendors)[number];

/** What each vendor answers where there is nothing. */
const notFound: Record<Vendor, (path: string) => VendorAnswer> = {
  graph: (path) => ({
    status: 400,
    headers: {},
    json: {
      error: {
        message: `Unsupported get request. Object with ID '${path}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
        type: 'GraphMethodException',
        code: 100,
        error_subcode: 33,
        fbtrace_id: 'local',
      },
    },
  }),
  hubspot: () => ({
    status: 404,
    headers: {},
    json: { status: 'error', message: 'resource not found', correlationId: 'local', category: 'OBJECT_NOT_FOUND' },
  }),
  close: () => ({ status: 404, headers: {}, json: { error: 'Not found.' } }),
};

/** The vendors' answers: what was set for a path, else the vendor's own not-found. */
export class VendorAnswers {
  readonly #answers = new Map<string, VendorAnswer>();

  set(vendor: Vendor, path: string, answer: VendorAnswer) {
    this.#answers.set(keyOf(vendor, path), answer);
  }

  answer(vendor: Vendor, path: string): VendorAnswer {
    return this.#answers.get(keyOf(vendor, path)) ?? notFound[vendor](path);
  }
}

/** Close ends its paths with a slash, people forget it. */
const keyOf = (vendor: Vendor, path: string) => `${vendor}/${path.replace(/\/$/, '')}`;
