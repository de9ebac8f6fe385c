import { beforeEach, expect, it } from '@jest/globals';
import { fill, isFilled, valueNow } from '../../lambdas/aws/tenant-secrets.ts';
import { fakeAws } from '../fixtures/fake-aws.ts';

const name = 'north/slack-webhook-url';
let aws: ReturnType<typeof fakeAws>;
beforeEach(() => {
  aws = fakeAws();
});

it('a secret that the stage did not make has no value and takes none', async () => {
  expect(await isFilled(name)).toBe(false);
  expect(await valueNow(name)).toBeUndefined();
  expect(await fill(name, 'value')).toBe(false);
});

it('a secret is empty until somebody fills it', async () => {
  aws.secrets.set(name, '');
  expect(await isFilled(name)).toBe(false);
  expect(await valueNow(name)).toBeUndefined();
  expect(await fill(name, 'value')).toBe(true);
  expect(await isFilled(name)).toBe(true);
  expect(await valueNow(name)).toBe('value');
});
