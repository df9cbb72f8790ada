#include "net/api/docs_page.hpp"

namespace ae::api {

std::string_view docs_html() {
    return R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>API</title>
<link rel="stylesheet" href="/api/docs/docs.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#operations">Skip to the operations</a>
<header>
<h1 id="title">API</h1>
<p id="description"></p>
<p><a href="/api/openapi.json">The OpenAPI 3.1 document</a></p>
<label for="filter">Filter operations</label>
<input id="filter" type="search" autocomplete="off" placeholder="channels, GET, /api/…">
</header>
<div class="columns">
<nav id="contents" aria-label="Operations"></nav>
<main id="operations" tabindex="-1" aria-live="polite"><p>Loading…</p></main>
</div>
<noscript>This page needs JavaScript; the document above has everything it shows.</noscript>
<script type="module" nonce="{{nonce}}" src="/api/docs/docs.js"></script>
</body>
</html>
)html";
}

}  // namespace ae::api
