interface Element {
  type?: string;
  text?: string | Element;
  url?: string;
  user_id?: string;
  usergroup_id?: string;
  channel_id?: string;
  range?: string;
  name?: string;
  fallback?: string;
  alt_text?: string;
  elements?: Element[];
  fields?: Element[];
}

/** A message as Slack's webhooks take it. */
export interface SlackMessage {
  text?: string;
  blocks?: (Element & { block_id?: string })[];
}

/** All that a person reads of a message: the text of its notification, then each block. */
export function readableText({ text, blocks = [] }: SlackMessage): string {
  return [text === undefined ? '' : mrkdwn(text), ...blocks.map(block)].filter((part) => part !== '').join('\n');
}

/** A block, one line for each of its parts. */
function block(one: Element): string {
  const title = typeof one.text === 'object' ? element(one.text) : '';
  const fields = (one.fields ?? []).map(element).join('\n');
  const separator = one.type === 'rich_text' ? '\n' : ' ';
  const elements = (one.elements ?? []).map(element).join(separator);
  return [title, fields, elements, one.alt_text ?? ''].filter((part) => part !== '').join('\n');
}

function element(one: Element): string {
  const text = typeof one.text === 'string' ? one.text : '';
  switch (one.type) {
    case 'mrkdwn':
      return mrkdwn(text);
    case 'link':
      return link(one.url ?? '', text);
    case 'user':
      return `@${one.user_id ?? ''}`;
    case 'usergroup':
      return `@${one.usergroup_id ?? ''}`;
    case 'broadcast':
      return `@${one.range ?? ''}`;
    case 'channel':
      return `#${one.channel_id ?? ''}`;
    case 'date':
      return one.fallback ?? '';
    case 'emoji':
      return `:${one.name ?? ''}:`;
    case 'rich_text_list':
      return (one.elements ?? []).map((item) => `• ${element(item)}`).join('\n');
    case undefined:
    default:
      return (
        text + (typeof one.text === 'object' ? element(one.text) : '') + (one.elements ?? []).map(element).join('')
      );
  }
}

/** Slack's markup as it looks: mentions, channels, links and dates between angle brackets, and three escapes. */
function mrkdwn(text: string): string {
  const shown = text.replaceAll(/<([^<>]+)>/g, (_, inner: string) => {
    const [target = '', label] = inner.split('|');
    if (/^[@#!]/.test(target)) return special(target, label);
    return link(target, label ?? '');
  });
  return shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function special(target: string, label: string | undefined): string {
  if (target.startsWith('!date')) return label ?? '';
  if (target.startsWith('!subteam^')) return label ?? `@${target.slice('!subteam^'.length)}`;
  return label === undefined ? target.replace(/^!/, '@') : `${target.startsWith('#') ? '#' : '@'}${label}`;
}

/** A link as its label and where it leads, unless the label says that by itself. */
function link(url: string, label: string): string {
  if (label === '') return url;
  const isPlain = /^(mailto|tel):/.test(url) || url.replace(/^https?:\/\//, '') === label || url === label;
  return isPlain ? label : `${label} (${url})`;
}
