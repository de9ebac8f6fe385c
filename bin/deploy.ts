import { run } from './command.ts';
import { deploy } from './deploy/deploy.ts';
import { deployPorts } from './deploy/deploy-ports.ts';

await run(() => deploy(process.argv.slice(2), deployPorts));
