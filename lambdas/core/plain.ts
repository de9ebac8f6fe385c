// Text that a stranger typed, made harmless for a line of an alert.
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks that turn the direction of what follows, and spaces of no width; the joiners that emoji need stay. */
const invisible = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text on one line of at most `length` characters, cut with `…`; right-to-left text can't turn what stands around it. */
export function plain(text: string, length = 200): string {
  const line = text.toWellFormed().replace(breaks, ' ').replace(invisible, '').replace(/ +/g, ' ').trim();
  const short = cut(line, length);
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
}

/** At most `length` characters as a reader counts them, so that neither an emoji nor an accent is cut in two. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole: string[] = [];
  let size = 0;
  for (const { segment } of graphemes.segment(text)) {
    size += segment.length;
    // A character of many code points can't make a line endless.
    if (whole.length === length || size > length * 4) return `${whole.slice(0, length - 1).join('')}…`;
    whole.push(segment);
  }
  return text;
}

/** Text in ASCII, as an e-mail's subject wants it: `Zoë Müller` is `Zoe Muller`; what has no Latin letters disappears. */
export const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/[Øø]/g, (letter) => (letter === 'Ø' ? 'O' : 'o'))
    .replace(/[Łł]/g, (letter) => (letter === 'Ł' ? 'L' : 'l'))
    .replace(/[ÆæŒœ]/g, (letter) => ({ Æ: 'AE', æ: 'ae', Œ: 'OE', œ: 'oe' })[letter] ?? '')
    .replace(/[·…–—]/g, (mark) => (mark === '…' ? '...' : '-'))
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/ +/g, ' ')
    .trim();
