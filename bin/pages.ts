import { accountCommand } from './accounts/account-command.ts';
import { run } from './command.ts';
import { pages } from './meta/pages.ts';

await run(() => accountCommand(pages, process.argv.slice(2)));
