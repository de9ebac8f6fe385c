/** A text as it stands in XML. */
export const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Elements with their texts, in this order; one without a text is left out. */
export function elements(texts: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(texts)
    .map(([name, text]) => (text === undefined ? '' : `<${name}>${xml(String(text))}</${name}>`))
    .join('');
}

/** The text of the first element with this name. */
export function textOfElement(document: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1];
  return text?.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name_ = '') => {
    if (hex ?? decimal) return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
    return named.get(name_) ?? whole;
  });
}

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
