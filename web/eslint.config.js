import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import react from 'eslint-plugin-react';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

// The house's one rule, for the web app: lib < api, ui < features < routes; features do not know each other.
const features = ['player', 'live', 'shell', 'accounts', 'dashboard', 'settings'];
const layers = {
  lib: ['api', 'ui', 'routes', ...features],
  api: ['ui', 'routes', ...features],
  ui: ['api', 'routes', ...features],
  ...Object.fromEntries(features.map((one) => [one, ['routes', ...features.filter((other) => other !== one)]])),
};

const walls = Object.entries(layers).map(([folder, forbidden]) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: forbidden.flatMap((name) => [`@/${name}`, `@/${name}/**`, `../${name}/**`, `../**/${name}/**`]),
            message: `src/${folder} may not know this folder: see web/README.md, "The rooms".`,
          },
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**', 'src/api/schema.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked],
    languageOptions: { globals: globals.browser, parserOptions: { project: ['./tsconfig.app.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { react, 'jsx-a11y': a11y, 'react-hooks': hooks },
    settings: { react: { version: 'detect' } },
    rules: {
      ...a11y.flatConfigs.strict.rules,
      ...hooks.configs['recommended-latest'].rules,
      // We do not run the compiler that this rule speaks for.
      'react-hooks/preserve-manual-memoization': 'off',
      'react/jsx-no-literals': ['error', { noStrings: true, ignoreProps: true, noAttributeStrings: false }],
      'react/jsx-key': 'error',
      'react/no-danger': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Visible text in an attribute is as literal as text between tags.
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name=/^(aria-label|alt|title|placeholder|label|aria-description|aria-valuetext)$/] > Literal[value=/[A-Za-z]/]",
          message: 'Text that a person reads or hears goes through the translator.',
        },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...walls,
  {
    files: ['src/**/*.test.{ts,tsx}', 'src/testing/**'],
    rules: {
      // We do not run the compiler that this rule speaks for.
      'react-hooks/preserve-manual-memoization': 'off',
      'react/jsx-no-literals': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
