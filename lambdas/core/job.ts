/** Long work that somebody asked for, and that goes on without them. Times are ISO 8601 in UTC. */
export interface Job {
  tenant: string;
  id: string;
  kind: 'sync' | 'replay' | 'redrive';
  askedBy: { id: string; name: string };
  askedAt: string;
  /** What exactly is to be done, in the words of its kind. */
  order: Record<string, unknown>;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** How many of each thing there were so far. */
  counts: Record<string, number>;
  /** What people should know of it: why it failed, or what is left to do. */
  said?: string | undefined;
  /** Some of the things it met, each in the words of its kind; never all of many. */
  listed?: Record<string, unknown>[] | undefined;
  endedAt?: string | undefined;
}

/** Names one job. */
export type JobId = Pick<Job, 'tenant' | 'id'>;

/** What is new of a job: what is not named stays. */
export type JobNews = Partial<Pick<Job, 'state' | 'counts' | 'said' | 'listed' | 'endedAt'>>;
