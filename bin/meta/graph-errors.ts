import { plain } from '../../lambdas/core/plain.ts';

interface Refusal {
  /** Of HTTP. */
  status: number;
  /** Of Meta; 0 where it gave none. */
  code: number;
  message: string;
}

/** The session is gone, or the token is not valid. */
export const tokenRefused = [102, 190];

const permissions = 'leads_retrieval, pages_manage_metadata, pages_show_list, pages_read_engagement and ads_management';

/** Meta's error codes in words; `about` is `page 123` or `app 123` (https://developers.facebook.com/docs/graph-api/guides/error-handling). */
export function sentenceFor(about: string, { status, code, message }: Refusal): string {
  const isPage = about.startsWith('page');
  if (tokenRefused.includes(code)) {
    return isPage
      ? `Meta does not accept the token of the ${about} (code ${code}): npm run pages -- token ${about.slice(5)} replaces it.`
      : `Meta does not accept the id and secret of the ${about} (code ${code}): both stand in its dashboard under Settings > Basic.`;
  }
  if (code === 10 || (code >= 200 && code <= 299))
    return `The token may not do this for the ${about} (code ${code}): make one with the permissions ${permissions}.`;
  if (code === 2200)
    return `Meta's test of the webhook failed (code 2200): is the stage deployed, and the address right? ${plain(message)}`;
  if (code === 101) return `Meta knows no ${about} (code 101).`;
  if ([4, 17, 32, 341, 368, 613, 80001, 80005].includes(code))
    return `Meta asks to come back later (code ${code}). Try again in an hour.`;
  if ([1, 2].includes(code) || status >= 500)
    return `Meta has a problem of its own (${code ? `code ${code}` : status}). Try again later.`;
  if (code === 100 && /appsecret_proof/.test(message))
    return `The app secret is not that of the app to which the token of the ${about} was given (code 100).`;
  if (code === 100) return `Meta knows no ${about}, or does not show it to this token (code 100).`;
  return `Meta refuses the ${about} (${code ? `code ${code}` : status})${message ? `: ${plain(message)}` : ''}.`;
}
