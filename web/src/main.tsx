import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '@/api/initial_data';
import { meQuery } from '@/api/people';
import { TextProvider } from '@/lib/intl';
import { adoptNonce } from '@/lib/nonce';
import { isLanguage, speakFirst, wantedLanguage } from '@/lib/words';
import { startEarly } from '@/routes/early_start';
import { createAppRouter } from '@/routes/router';
import '@/ui/theme.css';

adoptNonce();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const queryClient = createQueryClient();
startEarly(queryClient, location.pathname);
const router = createAppRouter();

// Nobody should see a page change its language. If the words do not come, the page speaks English.
const me = queryClient.getQueryData(meQuery.queryKey);
const own = me?.onboarded ? me.language : undefined;
await speakFirst(isLanguage(own) ? own : wantedLanguage()).catch(() => undefined);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TextProvider>
        <RouterProvider router={router} />
      </TextProvider>
    </QueryClientProvider>
  </StrictMode>,
);
