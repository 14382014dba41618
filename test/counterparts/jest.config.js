/** Tests against real programs that have to be fetched first; `npm run test:counterparts`. */
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/counterparts/**/*.test.ts'],
  testPathIgnorePatterns: [],
};
