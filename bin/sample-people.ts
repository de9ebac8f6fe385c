import { randomInt } from 'node:crypto';

/** Invented people with names as a CRM meets them, and what stands before the @ of their addresses. */
export const people: readonly (readonly [name: string, address: string])[] = [
  ['Zoë Müller', 'zoe.mueller'],
  ['Amara Okonkwo', 'amara.okonkwo'],
  ['Łukasz Wiśniewski', 'l.wisniewski'],
  ["Siobhán O'Dwyer", 'siobhan.odwyer'],
  ['山田 花子', 'hanako.yamada'],
  ['María José Núñez Ibáñez', 'mj.nunez'],
  ['Søren Kjærgaard', 'soren.k'],
  ['أمينة الحسن', 'amina.alhassan'],
  ['Nguyễn Thị Ánh', 'anh.nguyen'],
  ['Priya Raghunathan', 'priya.raghunathan'],
  ['Олена Коваленко', 'olena.kovalenko'],
  ['김서연', 'seoyeon.kim'],
  ['Jean-Luc Détourné', 'jeanluc'],
  ['Ana Clara Souza 🌱', 'anaclara.souza'],
  ['Björn & Åsa Lindqvist', 'lindqvist'],
  ['יעל בן־דוד', 'yael.bendavid'],
  ['Tevita Fifita', 'tevita.fifita'],
  ['Çağla Yıldız', 'cagla.yildiz'],
  ['Malia Kealoha', 'malia.kealoha'],
  ['José "Pepe" Carreño', 'pepe.carreno'],
];

/** Ways to write a number, with and without its country; all of these numbers are kept free for stories. */
const phones: readonly string[] = [
  '+49 30 23125 ###',
  '030 23125 ###',
  '+44 20 7946 0###',
  '0171 39200##',
  '+1 202-555-01##',
  '(030) 23125-###',
];

/** An invented number, in most cases nobody else's. */
export const phoneOf = (index: number): string => pick(phones, index).replaceAll('#', () => String(randomInt(10)));

export const companies: readonly string[] = [
  'Kranich & Söhne GmbH',
  'Blue Harbour Ltd',
  'Panadería La Esquina',
  'n/a',
  'Nordlys AS',
];

/** Invented owners, as the CRM writes their names. */
export const owners: readonly string[] = ['Grace Hopper', 'Robin Okafor', 'Inês Duarte', 'Sam Ahlgren'];

/** One of a list, which begins anew at its end. */
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
