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

/** Invented owners, as the CRM writes their names. */
export const owners: readonly string[] = ['Grace Hopper', 'Robin Okafor', 'Inês Duarte', 'Sam Ahlgren'];

/** One of a list, which begins anew at its end. */
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
