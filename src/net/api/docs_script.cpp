#include "net/api/docs_page.hpp"

namespace ae::api {

// Elements are made, text is set; no markup is written out of data, so the page runs under trusted types.
std::string_view docs_script() {
    return R"js(const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
};

const typeOf = (schema) => {
    if (!schema) return 'anything';
    if (schema.$ref) return schema.$ref.split('/').at(-1);
    if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
    if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
    if (schema.type === 'array') return `array of ${typeOf(schema.items)}`;
    const type = [schema.type ?? 'anything'].flat().join(' or ');
    return schema.format ? `${type} (${schema.format})` : type;
};

const limitsOf = (schema = {}) => [
    schema.minLength !== undefined && `at least ${schema.minLength} characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `to ${schema.maximum}`,
].filter(Boolean).join(', ');

const table = (caption, heads, rows) => element('table', {},
    element('caption', { class: 'skip' }, caption),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell))))));

const propertyRows = (schema) => Object.entries(schema.properties ?? {}).map(([name, one]) => [
    element('code', {}, name), typeOf(one), schema.required?.includes(name) ? 'always' : 'optional',
    [one.description, limitsOf(one)].filter(Boolean).join(' '),
]);

const describeSchema = (schema, schemas, seen = new Set()) => {
    const parts = [element('p', {}, typeOf(schema))];
    const named = schema.$ref ? schema.$ref.split('/').at(-1) : null;
    const target = named ? schemas[named] : schema;
    if (named && seen.has(named)) return parts;
    if (named) seen.add(named);
    if (target?.properties) parts.push(table(`Members of ${named ?? 'the object'}`, ['Member', 'Type', 'There', 'Meaning'], propertyRows(target)));
    for (const one of Object.values(target?.properties ?? {})) {
        const below = one.$ref ? one : one.items?.$ref ? one.items : one.anyOf?.find((each) => each.$ref);
        if (below && !seen.has(below.$ref.split('/').at(-1))) {
            parts.push(element('h4', {}, below.$ref.split('/').at(-1)), ...describeSchema(below, schemas, seen).slice(1));
        }
    }
    if (target?.items?.$ref) parts.push(...describeSchema(target.items, schemas, seen));
    return parts;
};

const tryForm = (path, operation) => {
    const output = element('pre', { tabindex: '0', hidden: '', 'aria-label': 'Answer' });
    const fields = (operation.parameters ?? []).map((parameter) => {
        const id = `${operation.operationId}-${parameter.name}`;
        const input = element('input', { id, name: parameter.name, autocomplete: 'off' });
        if (parameter.required) input.required = true;
        return { parameter, input, label: element('label', { for: id }, `${parameter.name} (${parameter.in})`) };
    });
    const form = element('form', {}, ...fields.flatMap(({ label, input }) => [label, input]), element('div', {}, element('button', { type: 'submit' }, 'Send GET')), output);
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const query = new URLSearchParams();
        let address = path;
        for (const { parameter, input } of fields) {
            if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
            else if (input.value !== '') query.set(parameter.name, input.value);
        }
        if (query.size > 0) address += `?${query}`;
        output.hidden = false;
        output.textContent = `GET ${address}…`;
        try {
            const answer = await fetch(address);
            const type = answer.headers.get('content-type') ?? '';
            const text = /json|text|mpegurl/.test(type) ? await answer.text() : `(${(await answer.blob()).size} bytes of ${type})`;
            output.textContent = `GET ${address}\n${answer.status} ${answer.statusText}\n${type}\n\n${/json/.test(type) && text ? JSON.stringify(JSON.parse(text), null, 2) : text}`;
        } catch (fault) {
            output.textContent = `GET ${address}\n${fault.message}`;
        }
    });
    return form;
};

const describeOperation = ({ path, method, operation }, schemas) => {
    const inside = element('div', { class: 'inside' });
    const rules = [`Who: ${operation['x-who']}`, operation['x-rate-limit'] && `limit: ${operation['x-rate-limit'].requests} in ${operation['x-rate-limit'].seconds} s`,
        `Cache-Control: ${operation['x-cache-control']}`, `CORS: ${operation['x-cors']}`].filter(Boolean).join(' · ');
    inside.append(element('p', {}, rules));
    if (operation.parameters) {
        inside.append(element('h3', {}, 'Parameters'), table('Parameters', ['Name', 'In', 'Type', 'There', 'Meaning'], operation.parameters.map((one) => [
            element('code', {}, one.name), one.in, typeOf(one.schema), one.required ? 'always' : 'optional', [one.schema.description, limitsOf(one.schema)].filter(Boolean).join(' ')])));
    }
    const body = operation.requestBody?.content?.['application/json']?.schema;
    if (body) inside.append(element('h3', {}, 'Body'), ...describeSchema(body, schemas));
    inside.append(element('h3', {}, 'Answers'), table('Answers', ['Status', 'Meaning', 'Type'], Object.entries(operation.responses).map(([status, answer]) => [
        status, answer.description, Object.entries(answer.content ?? {}).map(([type, { schema }]) => (schema ? `${type}: ${typeOf(schema)}` : type)).join(', ')])));
    const shown = Object.values(operation.responses).map((answer) => answer.content?.['application/json']?.schema).find(Boolean);
    if (shown) inside.append(element('h3', {}, 'Answer'), ...describeSchema(shown, schemas));
    if (method === 'get') inside.append(element('h3', {}, 'Try it'), tryForm(path, operation));
    return element('details', { id: operation.operationId }, element('summary', {}, element('span', { class: 'method' }, method.toUpperCase()),
        element('code', {}, path), ` ${operation.summary ?? ''}`), inside);
};

const openNamed = () => {
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted instanceof HTMLDetailsElement) wanted.open = true;
};

const show = (document_, filter) => {
    const groups = new Map();
    for (const [path, methods] of Object.entries(document_.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
            if (!`${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase().includes(filter.toLowerCase())) continue;
            const tag = operation.tags?.[0] ?? 'other';
            groups.set(tag, [...(groups.get(tag) ?? []), { path, method, operation }]);
        }
    }
    const contents = [], main = [];
    for (const [tag, entries] of [...groups].sort()) {
        contents.push(element('h2', {}, tag), element('ul', {}, ...entries.map(({ operation }) =>
            element('li', {}, element('a', { href: `#${operation.operationId}` }, operation.operationId)))));
        main.push(element('h2', {}, tag), ...entries.map((entry) => describeOperation(entry, document_.components.schemas)));
    }
    document.getElementById('contents').replaceChildren(...contents);
    document.getElementById('operations').replaceChildren(...(main.length ? main : [element('p', {}, 'No operation matches.')]));
    openNamed();
};

try {
    const loaded = await (await fetch('/api/openapi.json')).json();
    document.title = `${loaded.info.title} API`;
    document.getElementById('title').textContent = `${loaded.info.title} API`;
    document.getElementById('description').textContent = loaded.info.description ?? '';
    show(loaded, '');
    document.getElementById('filter').addEventListener('input', ({ target }) => show(loaded, target.value));
    window.addEventListener('hashchange', openNamed);
} catch (fault) {
    document.getElementById('operations').replaceChildren(element('p', { class: 'fault', role: 'alert' }, `The API document could not be read: ${fault.message}`));
}
)js";
}

}  // namespace ae::api
