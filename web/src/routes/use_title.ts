import { useEffect } from 'react';

/** The document's title. The server wrote the first one into the page; this keeps it true while the reader moves on. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
