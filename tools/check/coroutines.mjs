// Three rules about coroutines that no compiler here enforces (STYLE.md, "Time, tasks, threads"):
//   1. a coroutine lambda captures nothing: the closure may die at the first suspension, its parameters live in the frame;
//   2. a coroutine takes no `const T&`, `T&&`, string_view or span: they may refer to a temporary of the caller. Where the caller always
//      waits in the same expression, the comment above (or beside) says `awaited in place`; where the thing lives as long as the
//      server, it says `outlives`;
//   3. a lambda or aggregate that owns something has a name before it goes into a `co_await` expression: g++ 12 destroys such temporaries twice.
// It reads text, not syntax trees: it knows the shapes that are written here. `node tools/check/coroutines.mjs`.
import { filesBelow, isCpp, read } from '../files.mjs';
import { closing, closingAngle, lineOf, splitArguments, withoutLiterals } from './cpp_text.mjs';

const kCoroutineWord = /\bco_(?:await|return|yield)\b/;
const kTask = /\b(?:Task|awaitable)\s*</g;
const kBorrows = /\bconst\b[^(]*[^&]&(?!&)|&&|\bstring_view\b|\bspan\s*<|\b(?:BytesView|initializer_list)\b/;
const kOwnsNothing = new Set(['seconds', 'milliseconds', 'microseconds', 'nanoseconds', 'minutes', 'hours', 'Duration', 'uint8_t', 'uint16_t', 'uint32_t', 'uint64_t', 'int64_t', 'size_t']);
const kExcuse = /awaited in place|outlives?\b/i;

// Every lambda: { open, captures, head, body: [from, to] }; `head` is what stands between captures and body.
function lambdasOf(text) {
    const found = [];
    for (let open = text.indexOf('['); open !== -1; open = text.indexOf('[', open + 1)) {
        if (text[open + 1] === '[' || text[open - 1] === '[') continue;
        if (/[\w)\]"]$/.test(text.slice(0, open).trimEnd()) && !/\b(?:return|co_return|co_await|co_yield)$/.test(text.slice(0, open).trimEnd())) continue;
        const end = closing(text, open);
        if (end === -1) continue;
        const head = /^\s*(?:<[^{};]*?>\s*)?(?:\((?:[^(){};]|\((?:[^(){};]|\([^(){};]*\))*\))*\))?[^(){};=]*?\{/.exec(text.slice(end + 1));
        if (!head) continue;
        const from = end + head[0].length;
        const to = closing(text, from);
        if (to !== -1) found.push({ open, captures: text.slice(open + 1, end).trim(), head: head[0], body: [from, to] });
    }
    return found;
}

// The body of a lambda without those inside it.
function ownBody(text, lambda, lambdas) {
    let body = text.slice(...lambda.body);
    for (const inner of lambdas) {
        if (inner.body[0] <= lambda.body[0] || inner.body[1] >= lambda.body[1]) continue;
        const [from, to] = inner.body.map((at) => at - lambda.body[0]);
        body = body.slice(0, from) + ' '.repeat(to - from) + body.slice(to);
    }
    return body;
}

function capturingCoroutines(text, lambdas) {
    return lambdas
        .filter((lambda) => lambda.captures && kCoroutineWord.test(ownBody(text, lambda, lambdas)))
        .map((lambda) => [lambda.open, `a coroutine lambda captures [${lambda.captures}]: pass it as a parameter`]);
}

// Parameter lists of what returns a Task: functions, and lambdas with `-> Task<...>`.
function taskParameters(text, lambdas) {
    const found = [];
    for (const match of text.matchAll(kTask)) {
        const end = closingAngle(text, match.index + match[0].length - 1);
        if (end === -1) continue;
        const named = /^\s*(?:[A-Za-z_]\w*(?:<[^<>()]*>)?::)*[A-Za-z_]\w*\s*\(/.exec(text.slice(end + 1));
        if (!named) continue;
        const open = end + named[0].length;
        const close = closing(text, open);
        // Behind a variable's arguments stands `;` like behind a declaration's: only a type can start a parameter.
        if (close !== -1) found.push({ at: open, list: text.slice(open + 1, close) });
    }
    for (const lambda of lambdas) {
        if (!/->[^{]*\b(?:Task|awaitable)\s*</.test(lambda.head)) continue;
        const open = lambda.head.indexOf('(');
        const base = lambda.body[0] - lambda.head.length + 1;
        if (open !== -1) found.push({ at: base + open, list: text.slice(base + open + 1, closing(text, base + open)) });
    }
    return found;
}

function borrowedParameters(text, source, lambdas) {
    const lines = source.split('\n');
    const problems = [];
    for (const { at, list } of taskParameters(text, lambdas)) {
        const borrowed = splitArguments(list).filter((parameter) => kBorrows.test(outerType(parameter)));
        if (borrowed.length === 0 || excused(lines, lineOf(text, at) - 1)) continue;
        problems.push([at, `a coroutine borrows '${borrowed[0].replace(/\s+/g, ' ')}': take a value, or say why it lives (awaited in place, outlives)`]);
    }
    return problems;
}

// Only the parameter itself borrows: not what a function object takes, nor what a pointer points at.
function outerType(parameter) {
    let type = parameter.replace(/=.*$/s, '');
    for (let before = ''; before !== type; ) {
        before = type;
        type = type.replace(/(?<!\bspan\s*)<[^<>]*>/g, '');
    }
    return type;
}

// The excuse stands on the line itself or in the comment right above it.
function excused(lines, at) {
    if (kExcuse.test(lines[at] ?? '')) return true;
    for (let i = at - 1; i >= 0 && /^\s*\/\//.test(lines[i]); i -= 1) {
        if (kExcuse.test(lines[i])) return true;
    }
    return false;
}

// A co_await's expression: to the end of its statement, or of the bracket it stands in.
function extentOf(text, from) {
    for (let i = from; i < text.length; i += 1) {
        if ('([{'.includes(text[i])) {
            const end = closing(text, i);
            if (end === -1) return text.length;
            i = end;
        } else if (';)]}'.includes(text[i])) return i;
    }
    return text.length;
}

function unnamedOwners(text, lambdas) {
    const problems = new Map();
    for (const match of text.matchAll(/\bco_await\b/g)) {
        const end = extentOf(text, match.index);
        const inside = lambdas.filter((lambda) => lambda.open > match.index && lambda.open < end);
        for (const lambda of inside) {
            const nested = inside.some((outer) => lambda.open > outer.body[0] && lambda.open < outer.body[1]);
            if (!nested && ownsByCapture(lambda.captures)) problems.set(lambda.open, `a lambda that owns [${lambda.captures}] stands in a co_await: name it first`);
        }
        let expression = text.slice(match.index, end);
        for (const { body } of inside) {
            const [from, to] = body.map((at) => Math.min(at, end) - match.index);
            expression = expression.slice(0, from) + ' '.repeat(to - from) + expression.slice(to);
        }
        for (const braced of expression.matchAll(/([A-Za-z_]\w*)(?:<[^<>;{}]*>)?\s*\{\s*[^\s}]/g)) {
            if (!kOwnsNothing.has(braced[1])) problems.set(match.index + braced.index, `a ${braced[1]}{...} stands in a co_await: name it first`);
        }
    }
    return [...problems];
}

const ownsByCapture = (captures) => splitArguments(captures).some((one) => !/^(?:&|this$)/.test(one));

export function coroutineProblems(path, source) {
    const text = withoutLiterals(source);
    const lambdas = lambdasOf(text);
    const found = [...capturingCoroutines(text, lambdas), ...borrowedParameters(text, source, lambdas), ...unnamedOwners(text, lambdas)];
    return found.sort((a, b) => a[0] - b[0]).map(([at, problem]) => `${path}:${lineOf(text, at)}: ${problem}`);
}

export function checkCoroutines() {
    const files = ['src', 'tests', 'bench'].flatMap((folder) => filesBelow(folder)).filter(isCpp);
    return files.flatMap((path) => coroutineProblems(path, read(path)));
}

if (process.argv[1]?.endsWith('coroutines.mjs')) {
    const problems = checkCoroutines();
    for (const problem of problems) console.log(problem);
    process.exit(problems.length ? 1 : 0);
}
