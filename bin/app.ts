import { Annotations, App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings, SettingError, warningsOf } from '../lib/config.ts';
import { stacksOf } from '../lib/stacks.ts';

// The CDK CLI sets this one by itself; the local run, which starts without the CLI, finds the bundles by it.
const app = new App({ context: { 'aws:cdk:enable-asset-metadata': true } });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
try {
  const settings = readSettings(app.node.getAllContext() as Record<string, unknown>);
  const [pipeline] = stacksOf(app, settings);
  for (const { id, message } of warningsOf(settings)) Annotations.of(pipeline).addWarningV2(id, message);
  app.synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
