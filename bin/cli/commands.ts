/** Every command of an operator, by its name and that of its file in `bin/`. A new one is one line here. */
export const commands = {
  doctor: 'looks whether all is set up as it must be, and says what mends what is not',
  send: 'signs and posts sample leads, and shows what becomes of them',
  connect: 'tells a vendor the address of the webhook, and keeps the keys',
  pages: 'the pages of Meta: list, add, change, token, remove',
  portals: 'the portals of HubSpot: list, add, change, token, remove',
  members: 'remembers who is a member of a tenant',
  users: 'people who sign in at the dashboard: list, add, remove',
  trace: 'what happened to a lead, and where it stands',
  events: 'what vendors sent, and what became of it',
  replay: 'runs stored deliveries again, with or without telling people',
  redrive: 'messages that were given up, by their cause: lists them, sends them back',
  sync: 'compares with the vendors, fetches what is missing, and shows both counts',
  sweep: 'looks for what got lost on its way, and starts it again',
  forget: 'removes a person from everything that is kept',
};
