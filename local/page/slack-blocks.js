import { element } from './element.js';

/** The blocks of a message as Slack shows them. */
export const slackBlocks = (blocks) => blocks.map(block);

function block({ type, text, fields = [], elements = [] }) {
  if (type === 'header') return element('h3', {}, text.text);
  if (type === 'context') return element('div', { className: 'context' }, ...elements.flatMap(inline));
  const parts = [
    ...(text ? inline(text) : []),
    ...fields.flatMap((field) => ['\n', ...inline(field)]),
    ...elements.flatMap(inline),
  ];
  return element('div', { className: 'block' }, ...parts);
}

/** An element of a block; one that is not known shows its text. */
function inline(one) {
  if (one.elements) return one.elements.flatMap(inline);
  if (one.type === 'link') return [link(one.url, one.text ?? one.url)];
  if (one.type === 'user') return [mention(`@${one.user_id}`)];
  if (one.type === 'date') return [one.fallback ?? ''];
  if (one.type === 'mrkdwn') return markup(one.text);
  return one.style?.bold ? [element('strong', {}, one.text)] : [one.text ?? ''];
}

/** Slack's markup: mentions and links between angle brackets. */
function markup(text) {
  return text.split(/(<[^<>]+>)/).map((part) => {
    const [, target, label] = /^<([^|>]+)(?:\|(.*))?>$/.exec(part) ?? [];
    if (target === undefined) return unescape(part);
    return /^[@#!]/.test(target) ? mention(label ?? target) : link(target, unescape(label ?? target));
  });
}

const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const mention = (text) => element('span', { className: 'mention' }, text);

function link(url, text) {
  const isSafe = /^(https?|mailto|tel):/.test(url);
  return isSafe ? element('a', { href: url, target: '_blank', rel: 'noreferrer' }, text) : text;
}
