import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import globals from 'globals';
import jupyterPlugin from '@jupyter/eslint-plugin';

/** The core knows neither JupyterLab nor React: the same code runs in Jest, in scripts/doctor.mjs and in the browser. */
const PURE = [
  'src/check/**',
  'src/compat/**',
  'src/explain/**',
  'src/facts/**',
  'src/fixes/**',
  'src/gate/{gate,queue,types}.ts',
  'src/gputest/**',
  'src/history/**',
  'src/guard/{card,examine,installs,model,rewrite,safer,settings,types}.ts',
  'src/judge/**',
  'src/plan/**',
  'src/recognise/**',
  'src/report/**',
  'src/rules/**',
  'src/text/**',
  'src/versions/**',
  'src/cli.ts'
];

export default defineConfig([
  {
    ignores: [
      'node_modules',
      'dist',
      'lib',
      'coverage',
      '.cache',
      '.venv',
      'jupyterlab_gpu_doctor',
      '**/*.js',
      '**/*.d.ts',
      '**/*.generated.ts',
      'tests',
      'ui-tests/node_modules',
      'ui-tests/playwright-report',
      'ui-tests/test-results'
    ]
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: {
      jupyter: jupyterPlugin
    }
  },
  jupyterPlugin.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { ...globals.node } }
  },
  {
    // Parts of it run in the page.
    files: ['ui-tests/*.mjs'],
    languageOptions: { globals: { ...globals.browser } }
  },
  {
    files: ['**/*.testing.ts'],
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      globals: {
        ...globals.browser,
        ...globals.es2015,
        ...globals.node
      }
    },
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: {
            regex: '^I[A-Z]',
            match: true
          }
        }
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { args: 'none', varsIgnorePattern: '^_' }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-use-before-define': 'off',
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn'] }],
      'prefer-arrow-callback': 'error'
    }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['**/*.spec.ts', '**/*.spec.tsx', '**/*.testing.ts'],
    languageOptions: { parserOptions: { project: 'tsconfig.test.json' } }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/plugins/**', 'src/index.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@jupyterlab/application',
              message: 'Only src/plugins knows the application.'
            }
          ]
        }
      ]
    }
  },
  {
    files: PURE,
    rules: {
      // Sentences of the core are data; src/ui/say.ts hands them to the translator.
      'jupyter/no-untranslated-string': 'off',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@jupyterlab/*', '@lumino/*', 'react', 'react-dom'],
              message: 'The core is pure; it also runs without a browser.'
            },
            {
              group: ['**/ui/**', '**/plugins/**', '**/kernel/**'],
              message: 'The core does not know who uses it.'
            }
          ]
        }
      ]
    }
  },
  {
    files: ['src/ui/say.ts'],
    // The one place where the core's sentences meet the translator.
    rules: { 'jupyter/no-dynamic-translation': 'off' }
  },
  prettierRecommended
]);
