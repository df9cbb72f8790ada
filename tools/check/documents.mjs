// What a document points at must be there: relative links in every Markdown file, and a README in every room that has code.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { filesBelow, isCpp, read, repositoryFiles } from '../files.mjs';

export function linkProblems(path, text, exists) {
    const prose = text.replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ' '));
    const problems = [];
    for (const match of prose.matchAll(/\]\(([^()\s]+)\)/g)) {
        const target = match[1].replace(/#.*$/, '');
        if (target === '' || /^[a-z]+:/.test(target) || target.startsWith('/')) continue;
        if (!exists(normalize(join(dirname(path), target)))) {
            problems.push(`${path}:${prose.slice(0, match.index).split('\n').length}: links to ${match[1]}, which is not there`);
        }
    }
    return problems;
}

function roomsWithoutReadme() {
    const folders = new Set(filesBelow('src').filter(isCpp).map(dirname));
    folders.delete('src');
    return [...folders].filter((folder) => !existsSync(`${folder}/README.md`)).map((folder) => `${folder} has no README.md`);
}

export function checkDocuments() {
    const pages = repositoryFiles().filter((path) => path.endsWith('.md'));
    return [...pages.flatMap((path) => linkProblems(path, read(path), existsSync)), ...roomsWithoutReadme()];
}
