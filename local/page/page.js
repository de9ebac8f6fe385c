import { element } from './page/element.js';
import { messageCard } from './page/message-card.js';
import { sendCloseLead } from './page/sample-close.js';
import { sendHubspotLead } from './page/sample-hubspot.js';
import { sendMetaLead } from './page/sample-meta.js';

const shown = { messages: '', queues: '', alarms: '' };
let channel = '';

const byId = (id) => document.getElementById(id);
const read = async (path) => (await fetch(`/local/${path}`)).json();

/** Fills a part of the page anew where its content has changed. */
function show(id, content, build) {
  const text = JSON.stringify([channel, content]);
  if (shown[id] === text) return;
  shown[id] = text;
  byId(id).replaceChildren(...build(content));
}

const cards = (messages) => {
  const wanted = messages.filter((message) => channel === '' || message.channel === channel).toReversed();
  const nothing = element(
    'p',
    { className: 'empty' },
    'Nobody was told anything yet. Send a lead; its alert comes when its wait is over.',
  );
  return wanted.length > 0 ? wanted.map(messageCard) : [nothing];
};

const count = (value) => element('td', { className: value > 0 ? 'busy' : '' }, String(value));

const queueRows = (queues) =>
  queues.map(({ name, delayed, visible, inFlight }) => {
    const isParked = /dead/i.test(name) && visible > 0;
    const title = element('td', { title: name }, shortName(name));
    return element(
      'tr',
      { className: isParked ? 'parked' : '' },
      title,
      count(delayed),
      count(visible),
      count(inFlight),
    );
  });

const alarmItems = (alarms) =>
  alarms
    .toSorted((a, b) => Number(b.state === 'ALARM') - Number(a.state === 'ALARM'))
    .map(({ name, state, reason }) => element('li', { className: state, title: reason }, shortName(name)));

/** A physical name without the stack in front and the hash behind. */
const shortName = (name) => name.replace(/^LeadRelay-[a-z]+-/, '').replace(/[0-9A-F]{8}$/, '');

async function refresh() {
  try {
    const [{ messages }, { queues }, { alarms }] = await Promise.all([
      read('inbox?last=100'),
      read('queues'),
      read('alarms'),
    ]);
    show('messages', messages, cards);
    show('queues', queues, queueRows);
    show('alarms', alarms, alarmItems);
    say('state', 'ready', 'ready');
  } catch {
    say('state', 'gone', 'the local run has stopped');
  }
  setTimeout(refresh, 1000);
}

function say(id, className, text) {
  byId(id).className = className;
  byId(id).textContent = text;
}

function sendButton(title, send) {
  const button = element('button', { type: 'button' }, title);
  button.addEventListener('click', async () => {
    const { name, status } = await send();
    say(
      'sent',
      '',
      status === 200 ? `${name} was received and now waits for an owner.` : `${name} was refused with ${status}.`,
    );
  });
  return button;
}

async function addSendButtons() {
  const { tenants, secrets, publicUrl } = await read('settings');
  for (const tenant of tenants) {
    byId('send').append(
      sendButton(`Close lead for ${tenant.tenant}`, () => sendCloseLead(tenant)),
      sendButton(`Meta lead for ${tenant.tenant}`, () => sendMetaLead(tenant, secrets.meta)),
      sendButton(`HubSpot contact for ${tenant.tenant}`, () => sendHubspotLead(tenant, secrets.hubspot, publicUrl)),
    );
  }
}

for (const button of byId('channels').children) {
  button.addEventListener('click', () => {
    channel = button.dataset.channel;
    for (const other of byId('channels').children) other.setAttribute('aria-pressed', String(other === button));
    shown.messages = '';
    void read('inbox?last=100').then(({ messages }) => show('messages', messages, cards));
  });
}
byId('clear').addEventListener('click', () => void fetch('/local/inbox', { method: 'DELETE' }));
void addSendButtons();
void refresh();
