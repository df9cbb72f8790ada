import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const backend = process.env['AETHEX_BACKEND'] ?? 'http://127.0.0.1:8080';

// Messages are parsed here, once, so that the page needs no parser (see the alias below). Plain ones stay text.
function parsedMessages(): Plugin {
  return {
    name: 'parsed-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/messages\/[a-z.-]+\.json$/.test(id)) return null;
      const messages = Object.entries(JSON.parse(code) as Record<string, string>);
      return JSON.stringify(Object.fromEntries(messages.map(([key, text]) => [key, /[{'<]/.test(text) ? parse(text) : text])));
    },
  };
}

export default defineConfig({
  plugins: [parsedMessages(), react(), tailwindcss()],
  // The server replaces this word by the nonce of each answer's Content-Security-Policy.
  html: { cspNonce: '__AE_NONCE__' },
  resolve: {
    alias: {
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
      '@': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    // An inlined asset would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // What every page needs travels as two files (the libraries change seldom, the house often), not as dozens of shared crumbs.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 2 },
            { name: 'house', test: /\/(src\/(?!main\.)|messages\/)/, tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': backend, '/media': backend, '/hls': backend } },
  test: {
    // Tests that need a document ask for one in their first line; starting it costs more than most tests.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/testing/**', 'src/**/*.test.*', 'src/api/schema.ts', 'src/main.tsx'] },
  },
});
