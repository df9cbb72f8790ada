#include "net/api/docs_page.hpp"

namespace ae::api {

std::string_view docs_style() {
    return R"css(:root {
    color-scheme: dark light;
    --back: #0f1115; --card: #181b22; --line: #39404d; --text: #e8eaf0; --quiet: #aab2c0; --accent: #8ab4ff; --code: #232833; --fault: #ff9d94;
}
@media (prefers-color-scheme: light) {
    :root { --back: #ffffff; --card: #f6f7f9; --line: #c3c9d4; --text: #16181d; --quiet: #4c5566; --accent: #0b4fb3; --code: #e9ecf2; --fault: #a3170a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header { padding: 1.5rem 1.5rem 0; max-width: 80rem; margin: 0 auto; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1.25rem; }
h3, h4 { margin: 1rem 0 .25rem; font-size: 1rem; }
p { margin: .25rem 0 .75rem; color: var(--quiet); }
a { color: var(--accent); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: .5rem; top: .5rem; background: var(--card); padding: .5rem; z-index: 1; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
label { display: block; color: var(--quiet); font-size: .875rem; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .375rem .625rem; min-height: 2.25rem; }
input { width: 100%; max-width: 32rem; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
.columns { display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 2rem; max-width: 80rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; font-size: .875rem; }
nav h2 { margin: 1rem 0 .25rem; font-size: .875rem; color: var(--quiet); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .25rem 0; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { text-decoration: underline; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .75rem; }
summary { padding: .75rem 1rem; cursor: pointer; overflow-wrap: anywhere; }
.inside { padding: 0 1rem 1rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; color: var(--accent); }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { background: var(--code); padding: .75rem; border-radius: .375rem; overflow: auto; max-height: 30rem; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
form { display: grid; gap: .5rem; }
.fault { color: var(--fault); }
@media (max-width: 50rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    nav { position: static; max-height: none; }
}
)css";
}

}  // namespace ae::api
