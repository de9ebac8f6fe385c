import { element } from './element.js';
import { slackBlocks } from './slack-blocks.js';

const titles = { slack: 'Slack', email: 'E-mail', alarm: 'Alarm', topic: 'Topic' };

/** What somebody was told, as they see it. */
export function messageCard({ channel, to, at, text, payload }) {
  const time = element('time', { dateTime: at }, new Date(at).toLocaleTimeString());
  const meta = element(
    'div',
    { className: 'meta' },
    element('span', { className: 'badge' }, titles[channel]),
    to,
    time,
  );
  return element('article', { className: channel }, meta, ...content(channel, text, payload));
}

function content(channel, text, payload) {
  if (channel === 'slack' && payload.blocks) return slackBlocks(payload.blocks);
  if (channel === 'slack') return [element('pre', {}, text)];
  return [element('h3', {}, payload.Subject ?? ''), element('pre', {}, body(channel, payload.Message))];
}

/** An alarm's message is JSON, of which people read what it means and why it rings. */
function body(channel, message) {
  if (channel !== 'alarm') return message;
  const { AlarmDescription, NewStateReason } = JSON.parse(message);
  return `${AlarmDescription}\n\n${NewStateReason}`;
}
