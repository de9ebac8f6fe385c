import type { Again } from '../core/again.ts';
import type { TakeUpPorts } from './take-up.ts';

/** Work that nobody hears of: categories are given and not announced, neither those of the lead nor those of others that follow from it. */
export const quietly = <Ports extends Pick<TakeUpPorts, 'announce' | 'reconsider'>>(
  ports: Ports,
  again: Again | undefined,
): Ports =>
  again?.how !== 'quiet'
    ? ports
    : {
        ...ports,
        announce: async () => undefined,
        reconsider: (messages) => ports.reconsider(messages.map((message) => ({ ...message, again }))),
      };
