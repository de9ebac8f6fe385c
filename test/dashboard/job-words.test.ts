import { expect, it } from '@jest/globals';
import { foreseenIn, questionOf, standingOf } from '../../dashboard/src/deliveries/job-words.ts';
import { triesOf } from '../../dashboard/src/deliveries/outcome.ts';

const counts = { deliveries: 3, to_tell: 1, 'close.new': 1, 'close.unchanged': 2, 'meta.waiting': 4 };

it('what a dry run found is said source by source', () => {
  expect(foreseenIn({ counts })).toEqual(['Close: 1 new, 2 unchanged', 'Meta: 4 on their way, and left alone']);
});

it('a person is asked with the number of leads that people are told of', () => {
  expect(questionOf({ counts }, false)).toBe('Run 3 deliveries again and tell nobody?');
  expect(questionOf({ counts }, true)).toBe('Run 3 deliveries again and tell people of 1 lead once more?');
});

const job = { kind: 'replay', state: 'done', counts: { deliveries: 1 }, said: null } as const;
it.each([
  [job, 'Done: 1 delivery run again.'],
  [{ ...job, state: 'running' } as const, '1 delivery run again so far …'],
  [{ ...job, counts: { deliveries: 2, untold: 2 } }, 'Done: 2 deliveries run again; 2 leads may never have been told.'],
  [
    { ...job, said: '7 messages are still in the lanes.' },
    'Done: 1 delivery run again. 7 messages are still in the lanes.',
  ],
  [{ ...job, kind: 'redrive', counts: { redriven: 2 } } as const, 'Done: 2 messages sent back.'],
  [{ ...job, state: 'failed', said: 'S3 is down' } as const, 'S3 is down'],
  [{ ...job, state: 'failed' } as const, 'It stopped, and is tried again.'],
])('where a job stands is a sentence: %#', (of, sentence) => expect(standingOf(of)).toBe(sentence));

it.each([
  [{ attempts: 1, received: 1 }, 'once'],
  [{ attempts: 3, received: 2 }, '3 times, sent 2 times'],
  [{ attempts: null, received: 1 }, 'not noted'],
])('how often an event was tried: %j', (of, text) => expect(triesOf(of)).toBe(text));
