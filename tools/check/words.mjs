// Words that do not belong in what is committed: notes to oneself, addresses of package registries, paths of one machine.
import { read, repositoryFiles } from '../files.mjs';

// Written so that this file does not find itself.
const kForbidden = [
    [new RegExp(`\\b(?:${['TO', 'FIX'].map((a, i) => a + ['DO', 'ME'][i]).join('|')})\\b`), 'an open question is an issue, not a note in the margin'],
    [new RegExp(['registry', '(?:npmjs|yarnpkg)'].join('\\.')), 'packages are named, never located'],
    [new RegExp(`(?:deb|security|snapshot|ftp)${'\\.'}debian${'\\.'}org`), 'packages are named, never located'],
    [new RegExp(`${'"resolved'}": *"https?:`), 'npm writes addresses into its lock file: set omit-lockfile-registry-resolved in .npmrc'],
    [new RegExp(`(?:^|[\\s"'\`=(:])/(?:${'wor'}k|${'roo'}t|${'hom'}e)/\\w`), 'a path of one machine'],
    [new RegExp(['-----BEGIN', '(?:RSA |EC )?PRIVATE KEY'].join(' ')), 'a private key'],
];

const kBinary = /\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|mp4|m4s|mp3|aac|flv|ts|bin|gz|br|pcap)$/;

export function wordProblems(path, text) {
    const problems = [];
    text.split('\n').forEach((line, index) => {
        for (const [pattern, reason] of kForbidden) {
            const found = pattern.exec(line);
            if (found) problems.push(`${path}:${index + 1}: '${found[0].trim()}': ${reason}`);
        }
    });
    return problems;
}

// A corpus is bytes, whatever they look like; .ts is TypeScript when it lies in a source folder.
const isText = (path) => !path.startsWith('fuzz/corpus/') && (/^(?:web|tests|bench|tools)\/.*\.ts$/.test(path) || !kBinary.test(path));

export const checkWords = () => repositoryFiles().filter(isText).flatMap((path) => wordProblems(path, read(path)));
