export type { Delivery, DeliveryEvent } from '../../../lambdas/api/schemas/delivery.ts';
export type { DeadGroup, Job, ReplayRequest } from '../../../lambdas/api/schemas/replay.ts';
