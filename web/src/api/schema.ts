// Generated from api/openapi.json by `npm run gen`. Do not edit.

export interface paths {
    "/api/channels/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["channels.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["site.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["streams.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Channel: {
            avatar: string | null;
            banner: string | null;
            category: string;
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** Format: int64 */
            followerCount: number;
            id: string;
            isPublic: boolean;
            language: string;
            name: string;
            slug: string;
            stream: components["schemas"]["Stream"] | null;
            tags: string[];
            /** Format: int64 */
            viewCount: number;
        };
        ChannelLabel: {
            avatar: string | null;
            id: string;
            name: string;
            slug: string;
        };
        Problem: {
            code: string;
            detail?: string;
            /** Format: int64 */
            status: number;
            title: string;
            type: string;
        };
        Site: {
            ingestUrl: string;
            logoUrl: string | null;
            name: string;
            publicUrl: string;
            supportAddress: string | null;
            termsUrl: string | null;
        };
        /** @enum {string} */
        Status: "OFFLINE" | "LIVE" | "ENDING" | "ARCHIVED";
        Stream: {
            category: string;
            channel: components["schemas"]["ChannelLabel"];
            channelId: string;
            description: string;
            /** Format: int64 */
            duration: number;
            /** Format: date-time */
            endTime: string | null;
            hasAudio: boolean;
            hasVideo: boolean;
            hlsUrl: string | null;
            id: string;
            /** Format: int64 */
            peakViewers: number;
            reconnecting: boolean;
            /** Format: date-time */
            startTime: string | null;
            status: components["schemas"]["Status"];
            thumbnailUrl: string | null;
            title: string;
            /** Format: int64 */
            viewerCount: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "channels.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    "site.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
        };
    };
    "streams.list": {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: components["schemas"]["Status"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Stream"][];
                        next: string | null;
                    };
                };
            };
        };
    };
}
