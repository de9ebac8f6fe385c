/** What the web app knows of its stage: who signs people in, and where they are signed out. */
export interface ClientSettings {
  authority: string;
  clientId: string;
  logoutUrl: string | null;
  stage: string;
}

let asked: Promise<ClientSettings> | undefined;

/** The settings of this stage, read once; asked again where that failed. */
export function clientSettings(): Promise<ClientSettings> {
  asked ??= read().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

async function read(): Promise<ClientSettings> {
  const answer = await fetch('/config.json', { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`);
  return (await answer.json()) as ClientSettings;
}
