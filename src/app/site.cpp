#include "app/site.hpp"

#include <fmt/format.h>

namespace ae::app {

namespace {

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

/// JSON inside a script element: `<` must not appear, or a channel's name could end the element; U+2028 and U+2029 are line ends to old parsers.
std::string escape_script_json(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<') out += "\\u003c";
        else if (text.compare(i, 3, "\xe2\x80\xa8") == 0) out += "\\u2028", i += 2;
        else if (text.compare(i, 3, "\xe2\x80\xa9") == 0) out += "\\u2029", i += 2;
        else out.push_back(text[i]);
    }
    return out;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

std::string head_tags(const PageHead& head, std::string_view nonce) {
    const auto site = escape_html(head.site_name);
    const auto title = head.title.empty() ? site : escape_html(head.title) + " · " + site;
    std::string tags = fmt::format("<title>{}</title>\n", title);
    const auto meta = [&tags](std::string_view kind, std::string_view name, std::string_view escaped) {
        if (!escaped.empty()) tags += fmt::format("    <meta {}=\"{}\" content=\"{}\" />\n", kind, name, escaped);
    };
    meta("name", "description", escape_html(head.description));
    meta("property", "og:title", title);
    meta("property", "og:description", escape_html(head.description));
    meta("property", "og:type", escape_html(head.kind));
    meta("property", "og:url", escape_html(head.address));
    meta("property", "og:site_name", site);
    meta("property", "og:image", escape_html(head.image));
    meta("property", "og:video", escape_html(head.player));
    if (!head.player.empty()) {
        meta("property", "og:video:type", "text/html");
        meta("property", "og:video:width", "1280");
        meta("property", "og:video:height", "720");
    }
    meta("name", "twitter:card", head.image.empty() ? "summary" : "summary_large_image");
    if (head.hidden) meta("name", "robots", "noindex");
    tags += fmt::format("    <link rel=\"canonical\" href=\"{}\" />\n", escape_html(head.address));
    if (!head.oembed.empty()) {
        tags += fmt::format("    <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"{}\" />\n", escape_html(head.oembed),
                            title);
    }
    if (!head.json_ld.empty()) {
        tags += fmt::format("    <script type=\"application/ld+json\" nonce=\"{}\">{}</script>\n", nonce, escape_script_json(head.json_ld));
    }
    for (const auto script : head.modulepreload) {
        tags += fmt::format("    <link rel=\"modulepreload\" href=\"{}\" crossorigin nonce=\"{}\" />\n", escape_html(script), nonce);
    }
    return tags;
}

}  // namespace

std::string render_page(std::string_view html, std::string_view nonce, const PageHead& head, std::string_view site,
                        const std::vector<FirstQuery>& queries) {
    std::string list;
    for (const auto& query : queries) list += fmt::format(R"({}{{"key":{},"data":{}}})", list.empty() ? "" : ",", query.key, query.data);
    const auto data = escape_script_json(fmt::format(R"({{"site":{},"queries":[{}]}})", site, list));

    std::string page{html};
    replace_all(page, "__AE_NONCE__", nonce);
    replace_all(page, "<!--ae:head-->", head_tags(head, nonce));
    replace_all(page, "<!--ae:data-->", fmt::format(R"(<script type="application/json" id="initial-data" nonce="{}">{}</script>)", nonce, data));
    return page;
}

}  // namespace ae::app
