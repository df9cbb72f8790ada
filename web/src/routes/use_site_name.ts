import { useQuery } from '@tanstack/react-query';
import { siteQuery } from '@/api/queries';

export const kProductName = 'AeThex LIVE';

export function useSiteName(): string {
  return useQuery(siteQuery).data?.name ?? kProductName;
}
