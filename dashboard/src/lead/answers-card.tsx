import type { LeadDetail } from '../api/types.ts';
import { Facts } from './facts.tsx';

/** What the person answered, and everything else that the source said. */
export const AnswersCard = ({ answers, known }: Pick<LeadDetail, 'answers' | 'known'>) => (
  <section className="card" aria-labelledby="answers">
    <h2 id="answers">Answers of the form</h2>
    {answers.length === 0 ? (
      <p className="quiet">The form had no answers.</p>
    ) : (
      <Facts
        facts={answers.map(({ question, answer }) => ({
          label: question?.replaceAll('_', ' ') ?? 'Without a question',
          value: answer,
        }))}
      />
    )}
    {known.length > 0 && (
      <>
        <h3>Also known</h3>
        <Facts facts={known} />
      </>
    )}
  </section>
);
