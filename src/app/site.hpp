// The page: the web app's one HTML document with what this request adds to it: a nonce, a title, tags for cards and search engines, and the first data, so
// that the page paints without asking again.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ae::app {

/// A query whose answer the page would ask for first. Both are JSON texts; the key is the one the web app's cache uses.
struct FirstQuery {
    std::string key;
    std::string data;
};

/// What a page says of itself before any script runs. Plain text: it is escaped here.
struct PageHead {
    std::string site_name = {};
    /// Empty: the site's name alone.
    std::string title = {};
    std::string description = {};
    /// The page's whole address.
    std::string address = {};
    /// Open Graph type: `website`, `video.other`.
    std::string kind = "website";
    /// A picture of it, by its whole address.
    std::string image = {};
    /// A page that plays it in somebody else's page.
    std::string player = {};
    /// Where oEmbed tells how to put it there.
    std::string oembed = {};
    /// What it is in schema.org's words: a JSON text.
    std::string json_ld = {};
    /// Search engines are asked not to list it.
    bool hidden = false;
    /// Scripts that the browser will ask for next.
    std::span<const std::string_view> modulepreload = {};
};

/// `html` with its placeholders filled: `__AE_NONCE__`, `<!--ae:head-->`, `<!--ae:data-->`. `site` is the JSON of `GET /api/site`.
std::string render_page(std::string_view html, std::string_view nonce, const PageHead& head, std::string_view site,
                        const std::vector<FirstQuery>& queries);

}  // namespace ae::app
