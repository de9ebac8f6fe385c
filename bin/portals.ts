import { accountCommand } from './accounts/account-command.ts';
import { run } from './command.ts';
import { portals } from './hubspot/portals.ts';

await run(() => accountCommand(portals, process.argv.slice(2)));
