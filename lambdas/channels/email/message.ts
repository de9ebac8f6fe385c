import type { Alert } from '../../core/alert.ts';
import type { Part } from '../../core/alert-lines.ts';

/** An alert as a plain-text e-mail; SNS sends no HTML. */
export const message = ({ title, lines, small, subject }: Alert): { subject: string; body: string } => ({
  subject,
  body: [title, '', ...lines.map((line) => line.map(textOf).join('')), '', small].join('\n'),
});

/** A mention pings nobody in an e-mail; what it stands before is the name itself. */
const textOf = (part: Part): string => ('link' in part ? `${part.text} (${part.link})` : part.text);
