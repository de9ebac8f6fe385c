/** The environment of a function that makes a call: one worker thread, as Lambda has one environment per concurrent call. */
export interface Environment {
  functionName: string;
  threadId: number;
}

/** The environment behind an access key: the name of its function, a dot and the number of its thread; nothing for one that no environment has. */
export function environmentOf(accessKey: string | undefined): Environment | undefined {
  const [, functionName = '', threadId] = /^(.+)\.(\d+)$/.exec(accessKey ?? '') ?? [];
  return threadId === undefined ? undefined : { functionName, threadId: Number(threadId) };
}

/** The header with which the stand-ins for vendors recognise an environment. */
export const callerHeader = 'x-local-caller';
