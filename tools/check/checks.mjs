// Every check by its name. `run` answers what is wrong, one sentence each. `alsoTest`: a part of `./dev test` too. `whole`: for --all.
import { existsSync } from 'node:fs';

import { run } from '../dev/report.mjs';
import { repositoryFiles } from '../files.mjs';
import { checkCoroutines } from './coroutines.mjs';
import { checkFormat, checkTidy } from './cpp_tools.mjs';
import { checkDocuments } from './documents.mjs';
import { checkFeatures } from './features.mjs';
import { driftProblems, generated } from './generated.mjs';
import { checkLayers } from './layers.mjs';
import { checkLicences } from './licences.mjs';
import { checkWords } from './words.mjs';

async function passes(command, args, options) {
    const ended = await run(command, args, options);
    return ended.code === 0 ? [] : [ended.output.trim() || `${command} failed`];
}

function checkShell() {
    const scripts = repositoryFiles().filter((path) => path.endsWith('.sh') || path === 'dev' || path === '.ci/run');
    return passes('shellcheck', ['--severity=warning', '--shell=bash', '--exclude=SC1090,SC1091,SC2034,SC2153', ...scripts]);
}

const npm = (folder, script) => (existsSync(`${folder}/package.json`) ? passes('npm', ['run', '--silent', '--prefix', folder, script]) : []);

export const checks = [
    { name: 'C++ is laid out by clang-format', run: checkFormat },
    { name: 'rooms look down', run: async () => checkLayers(), alsoTest: true },
    { name: 'coroutines own what they use', run: async () => checkCoroutines(), alsoTest: true },
    { name: 'no words that do not belong here', run: async () => checkWords() },
    { name: 'what documents link to is there', run: async () => checkDocuments() },
    { name: 'features marked done are shown', run: async () => checkFeatures() },
    { name: 'licences may be linked', run: async () => checkLicences() },
    { name: 'shell scripts', run: checkShell },
    { name: 'eslint', run: async () => npm('web', 'lint') },
    { name: 'tsc', run: async () => npm('web', 'typecheck') },
    { name: 'the web app stays within its budgets', run: async () => npm('web', 'budget') },
    ...generated.map((one) => ({ name: `${one.path} is what the code says`, run: () => driftProblems(one), alsoTest: true })),
    { name: 'clang-tidy', run: checkTidy },
];
