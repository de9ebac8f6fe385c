import type { App } from 'aws-cdk-lib';
import type { Settings } from './config.ts';
import { DashboardStack } from './dashboard-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';

/** The stacks of a stage: the pipeline, and the dashboard unless the setting has it off. */
export function stacksOf(app: App, settings: Settings): [PipelineStack, ...DashboardStack[]] {
  const pipeline = new PipelineStack(app, settings);
  return settings.dashboard ? [pipeline, new DashboardStack(app, settings, pipeline)] : [pipeline];
}
