import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '@/api/initial_data';
import { TextProvider } from '@/lib/intl';
import { adoptNonce } from '@/lib/nonce';
import { createAppRouter } from '@/routes/router';
import '@/ui/theme.css';

// A viewer who opens a channel needs the player's code whatever the data says: it travels beside everything else.
if (location.pathname.startsWith('/streams/')) {
  void import('@/player/load_sessions').then(({ loadSessions }) => loadSessions()).catch(() => undefined);
  void import('@/routes/StreamPage').catch(() => undefined);
}

adoptNonce();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const queryClient = createQueryClient();
const router = createAppRouter();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TextProvider>
        <RouterProvider router={router} />
      </TextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
