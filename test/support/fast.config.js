/** Tests that start no Go, for every save; `npm run test:fast`. One that starts it all the same finds none. */
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import base from '../../jest.config.js';
import { STARTS_GO } from './starts-go.cjs';

const withoutGo = fileURLToPath(new URL('without-go', import.meta.url));
if (!process.env.PATH.startsWith(withoutGo)) process.env.PATH = withoutGo + delimiter + process.env.PATH;

export default {
  ...base,
  rootDir: join(import.meta.dirname, '../..'),
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    ...STARTS_GO.map(([beginning]) => `<rootDir>/${beginning.replaceAll('.', '\\.')}`),
  ],
};
