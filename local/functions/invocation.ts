/** What a worker is told about the function that it runs, and how its calls are known. */
export interface WorkerData {
  bundle: string;
  exportName: string;
  functionName: string;
  /** The header with which the stand-ins for vendors recognise who calls. */
  callerHeader: string;
}

/** One invocation. */
export interface Task {
  event: unknown;
  deadline: number;
  context: object & { functionName: string };
}

/** What a handler threw, in the words of Lambda. */
interface Failure {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export type Outcome = { result: unknown } | { failure: Failure };
