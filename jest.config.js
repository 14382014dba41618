export default {
  testEnvironment: 'node',
  // Real builds and processes: how long one takes is the machine's affair, and no assertion. Only what hangs is ended.
  testTimeout: 600_000,
  // Tests wait as much as they work, and a core less, which is the default, would be one of two.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/long-first.cjs',
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // What has to be fetched first: npm run test:counterparts
  testPathIgnorePatterns: ['<rootDir>/test/counterparts/'],
  extensionsToTreatAsEsm: ['.ts', '.go'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'go'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
    '^.+\\.go$': '<rootDir>/test/support/go-as-text.cjs',
  },
};
