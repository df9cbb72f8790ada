// C++ as text, for checks that look at its shape: what is in comments and literals is blanked, lines and columns stay where they were.

const kLiteral = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?:u8|[uUL])?R"([^()\\ ]{0,16})\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'/g;

// Keeps the quotes of a literal, so that an include or an argument can still be seen as one.
const blank = (text) => (text.startsWith('/') ? text.replace(/[^\n]/g, ' ') : text.replace(/[^\n"']/g, ' '));

export function withoutComments(source) {
    return source.replace(kLiteral, (literal) => (literal.startsWith('/') ? blank(literal) : literal));
}

export function withoutLiterals(source) {
    return source.replace(kLiteral, blank);
}

export const lineOf = (text, index) => text.slice(0, index).split('\n').length;

const kPairs = { '(': ')', '[': ']', '{': '}' };

// The index of the bracket that closes the one at `open`; -1 when there is none.
export function closing(text, open) {
    const close = kPairs[text[open]];
    let depth = 0;
    for (let i = open; i < text.length; i += 1) {
        if (text[i] === text[open]) depth += 1;
        else if (text[i] === close && --depth === 0) return i;
    }
    return -1;
}

// The same for a `<` of a template's arguments; gives up where it cannot be one.
export function closingAngle(text, open) {
    let depth = 0;
    for (let i = open; i < text.length; i += 1) {
        const c = text[i];
        if (c === '<') depth += 1;
        else if (c === '>' && text[i - 1] !== '-' && --depth === 0) return i;
        else if (c === ';' || c === '{') return -1;
        else if (c === '(') i = Math.max(i, closing(text, i));
    }
    return -1;
}

// Splits at commas that are in no bracket.
export function splitArguments(text) {
    const parts = [];
    let depth = 0;
    let from = 0;
    for (let i = 0; i < text.length; i += 1) {
        const c = text[i];
        if ('([{<'.includes(c)) depth += 1;
        else if (')]}'.includes(c) || (c === '>' && text[i - 1] !== '-')) depth -= 1;
        else if (c === ',' && depth === 0) {
            parts.push(text.slice(from, i));
            from = i + 1;
        }
    }
    parts.push(text.slice(from));
    return parts.map((part) => part.trim()).filter(Boolean);
}
