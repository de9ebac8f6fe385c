import { expect, it } from '@jest/globals';
import type { Stack } from '../../local/template/assembly.ts';
import { noValue, resolve, type Scope } from '../../local/template/intrinsics.ts';
import { readTemplate } from '../../local/template/template.ts';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { fixtureTemplate, propertiesOf } from './fixture.ts';

const scope: Scope = {
  ref: (id) => (id === 'AWS::NoValue' ? noValue : `ref-${id}`),
  attribute: (id, name) => `${id}.${name}`,
  importValue: (name) => `import-${name}`,
};

it.each([
  ['a value as it is', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
  ['Ref', { Ref: 'Queue' }, 'ref-Queue'],
  [
    'Fn::GetAtt as a list and as a text',
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, { 'Fn::GetAtt': 'A.B.C' }],
    ['A.Arn', 'A.B.C'],
  ],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
  ['Fn::Sub', { 'Fn::Sub': 'a ${B} ${C.Arn} ${!D}' }, 'a ref-B C.Arn ${D}'],
  ['Fn::Sub with values', { 'Fn::Sub': ['${X}/${Y}', { X: { Ref: 'B' } }] }, 'ref-B/ref-Y'],
  ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['Fn::ImportValue', { 'Fn::ImportValue': 'there' }, 'import-there'],
  ['AWS::NoValue', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
])('works out %s', (_, value, expected) => {
  expect(resolve(value, scope)).toEqual(expected);
});

it.each([
  ['an intrinsic it does not know', { 'Fn::FindInMap': ['a', 'b', 'c'] }, 'Fn::FindInMap is not known'],
  ['nothing to select', { 'Fn::Select': [5, ['a']] }, 'finds nothing at 5'],
  ['a list where a text should be', { 'Fn::Join': ['', [['a']]] }, 'a text is expected'],
])('does not guess: %s', (_, value, message) => {
  expect(() => resolve(value, scope)).toThrow(message);
});

const read = (change: (template: EditableTemplate) => void) => {
  const template = fixtureTemplate();
  change(template);
  const stack: Stack = {
    name: 'Fixture',
    directory: '/tmp',
    resources: template.Resources,
    parameters: {},
    outputs: {},
  };
  return readTemplate([stack], 'http://127.0.0.1:4566');
};

it('gives resources the names that CloudFormation would make', () => {
  const template = read(() => {});
  expect(template.of('AWS::SQS::Queue').map(({ name, ref, arn }) => [name, ref, arn])[0]).toEqual([
    'Fixture-Announced',
    'http://127.0.0.1:4566/000000000000/Fixture-Announced',
    'arn:aws:sqs:us-east-1:000000000000:Fixture-Announced',
  ]);
  expect(template.of('AWS::S3::Bucket')[0]?.name).toBe('fixture-bucket');
  expect(template.of('AWS::Lambda::Function')[0]?.name).toBe('fixture');
});

it('stops at a type that it does not know and names it', () => {
  const vpc = { Type: 'AWS::EC2::VPC', Properties: {} };
  expect(() => read(({ Resources }) => Object.assign(Resources, { Vpc: vpc }))).toThrow(
    'AWS::EC2::VPC (Vpc in Fixture)',
  );
});

it('stops at a condition and names the resource', () => {
  const change = ({ Resources }: EditableTemplate) => Object.assign(Resources['Work'] ?? {}, { Condition: 'IsProd' });
  expect(() => read(change)).toThrow('conditions (AWS::SQS::Queue Work in Fixture)');
});

it.each([
  ['a property', 'Mapping', { FilterCriteria: {} }, 'Mapping in Fixture: Unrecognized key: "FilterCriteria"'],
  ['a value', 'Reader', { Protocol: 'sms' }, 'AWS::SNS::Subscription Reader in Fixture: Protocol'],
  ['an attribute', 'Mapping', { EventSourceArn: { 'Fn::GetAtt': ['Work', 'Foo'] } }, 'Work.Foo is not known'],
  ['a reference', 'Mapping', { EventSourceArn: { Ref: 'Gone' } }, 'there is no Gone'],
])('stops at %s that it does not know and names it', (_, id, properties, message) => {
  expect(() => read((template) => Object.assign(propertiesOf(template, id), properties))).toThrow(message);
});
