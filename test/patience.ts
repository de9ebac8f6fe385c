import { jest } from '@jest/globals';

// Tests only wait; what takes how long is printed by `npm run bench`.
jest.setTimeout(300_000);
