import { alarmTypes } from './alarm-types.ts';
import { apiTypes } from './api-types.ts';
import { functionTypes } from './function-types.ts';
import { ignoredTypes } from './ignored-types.ts';
import { messagingTypes } from './messaging-types.ts';
import type { ResourceType } from './resource-type.ts';
import { ruleTypes } from './rule-types.ts';
import { siteTypes } from './site-types.ts';
import { storageTypes } from './storage-types.ts';
import { userTypes } from './user-types.ts';

/** The types that are emulated. */
export const emulatedTypes = {
  ...storageTypes,
  ...messagingTypes,
  ...functionTypes,
  ...apiTypes,
  ...userTypes,
  ...siteTypes,
  ...alarmTypes,
  ...ruleTypes,
};

/** A type by its name; nothing where the local run does not know it. */
export function resourceType(name: string): ResourceType | undefined {
  const all: Record<string, ResourceType> = { ...emulatedTypes, ...ignoredTypes };
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
