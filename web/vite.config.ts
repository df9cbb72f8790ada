import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const backend = process.env['AETHEX_BACKEND'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The server replaces this word by the nonce of each answer's Content-Security-Policy.
  html: { cspNonce: '__AE_NONCE__' },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    manifest: true,
    // An inlined asset would be a data: address, which the policy refuses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': backend, '/media': backend, '/hls': backend } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/testing/**', 'src/**/*.test.*', 'src/api/schema.ts', 'src/main.tsx'] },
  },
});
