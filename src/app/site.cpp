#include "app/site.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace ae::app {

namespace json = boost::json;

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

std::string head_tags(const SiteConfig& site, std::string_view public_url, const PageHead& head) {
    const auto title = escape_html(head.title.empty() ? site.name : head.title + " · " + site.name);
    const auto description = escape_html(head.description);
    const auto address = escape_html(std::string{public_url} + head.path);
    std::string tags = fmt::format("<title>{}</title>\n", title);
    const auto meta = [&tags](std::string_view kind, std::string_view name, std::string_view content) {
        if (!content.empty()) tags += fmt::format("    <meta {}=\"{}\" content=\"{}\" />\n", kind, name, content);
    };
    meta("name", "description", description);
    meta("property", "og:title", title);
    meta("property", "og:description", description);
    meta("property", "og:type", escape_html(head.kind));
    meta("property", "og:url", address);
    meta("property", "og:site_name", escape_html(site.name));
    meta("name", "twitter:card", "summary");
    tags += fmt::format("    <link rel=\"canonical\" href=\"{}\" />", address);
    return tags;
}

}  // namespace

json::object site_view(const SiteConfig& site, std::string_view public_url, std::string_view ingest_url) {
    const auto maybe = [](const std::string& text) -> json::value { return text.empty() ? json::value{} : json::value{text}; };
    return {{"name", site.name},       {"logoUrl", maybe(site.logo)}, {"supportAddress", maybe(site.support)},
            {"termsUrl", maybe(site.terms)}, {"publicUrl", public_url},     {"ingestUrl", ingest_url}};
}

std::string render_page(std::string_view html, std::string_view nonce, const SiteConfig& site, std::string_view public_url, const PageHead& head,
                        const json::value& site_data, const std::vector<FirstQuery>& queries) {
    json::array list;
    for (const auto& query : queries) list.push_back(json::object{{"key", query.key}, {"data", query.data}});
    const auto data = escape_script_json(json::serialize(json::object{{"site", site_data}, {"queries", std::move(list)}}));

    std::string page{html};
    replace_all(page, "__AE_NONCE__", nonce);
    replace_all(page, "<!--ae:head-->", head_tags(site, public_url, head));
    replace_all(page, "<!--ae:data-->", fmt::format(R"(<script type="application/json" id="initial-data" nonce="{}">{}</script>)", nonce, data));
    return page;
}

}  // namespace ae::app
