/** The pure core runs in plain Node: no JupyterLab, no browser, seconds instead of minutes. */
module.exports = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/.venv'],
  testRegex: 'src/.*\\.spec\\.tsx?$',
  transform: {
    '^.+\\.tsx?$': [
      'ts-jest',
      // Types are checked once for the whole tree by "jlpm check:types".
      { tsconfig: 'tsconfig.test.json', diagnostics: false }
    ]
  },
  moduleNameMapper: { '\\.svg$': '<rootDir>/scripts/jest/svg.js' },
  collectCoverageFrom: ['src/**/*.{ts,tsx}', '!src/**/*.generated.ts'],
  coverageReporters: ['lcov', 'text-summary']
};
