import { Button } from '@mantine/core';
import { sentenceOf } from '../api/failure.ts';
import './states.css';

/** What went wrong, and the way to try it again. */
export const Failed = ({ error, what, onRetry }: { error: unknown; what: string; onRetry: () => void }) => (
  <div className="state" role="alert">
    <h2>{what}</h2>
    <p className="quiet">{sentenceOf(error)}</p>
    <Button variant="default" onClick={onRetry}>
      Try again
    </Button>
  </div>
);
