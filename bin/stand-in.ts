import { CommandError } from './command.ts';
import { reach } from './reach.ts';

/** Makes known to a vendor's stand-in what it shall answer at this address. */
export async function setAnswer(whose: string, url: string, json: object): Promise<void> {
  const request = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json }) };
  const { ok, status } = await reach(url, request, `The stand-in for ${whose} does not answer`);
  if (!ok) throw new CommandError(`The stand-in for ${whose} does not take a lead (${status}).`);
}
