import type { components, paths } from './schema';

/** The addresses that can be read. */
export type GetPath = { [Path in keyof paths]: paths[Path] extends { get: { responses: { 200: unknown } } } ? Path : never }[keyof paths];

type Operation<Path extends GetPath> = paths[Path] extends { get: infer Get } ? Get : never;
type Parameters<Path extends GetPath> = Operation<Path> extends { parameters: infer Given } ? Given : never;
type Part<From, Name extends string> = From extends Partial<Record<Name, infer Found>> ? NonNullable<Found> : never;

export type PathOf<Path extends GetPath> = Part<Parameters<Path>, 'path'>;
export type QueryOf<Path extends GetPath> = Part<Parameters<Path>, 'query'>;

/** What the server answers when all is well. */
export type Answer<Path extends GetPath> = Operation<Path> extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never;

export type Site = Answer<'/api/site'>;
export type Channel = Answer<'/api/channels/{slug}'>;
export type StreamPage = Answer<'/api/streams'>;
export type Stream = StreamPage['items'][number];

/** The server's own names for what it says and hears. */
export type Schemas = components['schemas'];
