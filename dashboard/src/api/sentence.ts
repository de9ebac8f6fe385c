/** What went wrong, in a sentence for a person, with its first letter large and a full stop. */
export function sentenceOf(error: unknown): string {
  const said = error instanceof Error ? error.message.trim() : '';
  if (said === '') return 'That did not work. Try again in a moment.';
  const begun = said.charAt(0).toUpperCase() + said.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
