import { describe, expect, it } from '@jest/globals';
import { flagsOf, profileOf } from '../../../bin/deploy/flags.ts';

describe('the arguments of a deployment', () => {
  it.each([
    [['-c', 'stage=prod']],
    [['-c=stage=prod']],
    [['--context', 'stage=prod']],
    [['--context=stage=prod']],
    [['-c', 'stage=dev', '-c', 'stage=prod']],
  ])('%j mean the stage prod', (args) => {
    expect(flagsOf(args).settings.stage).toBe('prod');
  });

  it('change a setting as they do for CDK', () => {
    const { settings } = flagsOf(['-c', 'stage=prod', '-c', 'tenants={"a":{"timeZone":"Europe/Berlin"}}']);
    expect(Object.keys(settings.tenants)).toEqual(['a']);
  });

  it('name the profile with which files are uploaded, too', () => {
    expect(profileOf(['--profile', 'sales'])).toBe('sales');
    expect(profileOf(['--profile=sales'])).toBe('sales');
    expect(profileOf(['-c', 'stage=prod'])).toBeUndefined();
  });
});
