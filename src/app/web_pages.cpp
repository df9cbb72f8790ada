#include "app/web_pages.hpp"

#include <array>

#include <fmt/format.h>
#include <boost/describe.hpp>

#include "app/site.hpp"
#include "app/web_assets.hpp"
#include "base/json_text.hpp"
#include "channels/channel_routes.hpp"
#include "live/stream_routes.hpp"
#include "net/http/assets.hpp"
#include "net/http/security_headers.hpp"

namespace ae::app {

namespace wire {

/// What `GET /api/site` answers.
struct Site {
    std::string name;
    std::optional<std::string> logoUrl;
    std::optional<std::string> supportAddress;
    std::optional<std::string> termsUrl;
    std::string publicUrl;
    std::string ingestUrl;
};
BOOST_DESCRIBE_STRUCT(Site, (), (name, logoUrl, supportAddress, termsUrl, publicUrl, ingestUrl))

}  // namespace wire

namespace {

constexpr std::int64_t kListedOnHome = 100;

/// A page that the app draws by itself, and what its route is called.
struct PlainPage {
    std::string_view path;
    std::string_view name;
    std::string_view summary;
};
constexpr std::array kPlainPages = std::to_array<PlainPage>({
    {"/auth/register", "pages.register", "The page to sign up."},
    {"/auth/login", "pages.login", "The page to log in."},
    {"/auth/verify", "pages.verify", "The page that the link of a verification mail leads to."},
    {"/auth/reset", "pages.reset", "The page to ask for a new password and to choose it."},
    {"/auth/onboard", "pages.onboard", "The page where a new account gets its name."},
});

/// What the pages share while they run.
struct Pages {
    WebPagesNeeds needs;
    std::vector<http::Asset> assets;
    std::unique_ptr<http::AssetSource> source;
    std::string_view html;
};
using PagesPtr = std::shared_ptr<const Pages>;

std::optional<std::string> maybe(const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; }

/// The host of `https://live.example.org:8443`, without its port.
std::string_view host_of(std::string_view origin) {
    const auto begin = origin.find("://");
    auto host = begin == std::string_view::npos ? origin : origin.substr(begin + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

wire::Site site_of(const Pages& pages, const std::string& origin) {
    const auto& site = pages.needs.site;
    wire::Site view{site.name, maybe(site.logo), maybe(site.support), maybe(site.terms), site.public_url, site.ingest_url};
    if (view.publicUrl.empty()) view.publicUrl = origin;
    if (view.ingestUrl.empty()) {
        const auto port = pages.needs.rtmp_port();
        view.ingestUrl = fmt::format("rtmp://{}{}/{}", host_of(view.publicUrl), port == 1935 ? "" : fmt::format(":{}", port), pages.needs.rtmp_app);
    }
    return view;
}

std::string origin_of(const http::Request& request) { return request.scheme + "://" + request.host; }

std::span<const std::string_view> preloads_of(std::string_view pattern) {
    for (const auto& route : web_routes()) {
        if (route.pattern == pattern) return route.modulepreload;
    }
    return {};
}

http::Response page(const Pages& pages, const http::Request& request, unsigned status, PageHead head, std::vector<FirstQuery> queries) {
    const auto site = site_of(pages, origin_of(request));
    head.site_name = site.name;
    head.address = site.publicUrl + request.path;
    // Nobody can be signed in yet: said here, so that no page has to ask as a stranger.
    queries.push_back({R"(["me"])", "null"});

    http::Response response;
    response.status = status;
    const auto nonce = http::make_nonce(pages.needs.random);
    response.headers.add("content-type", "text/html; charset=utf-8");
    http::HtmlPolicy policy;
    if (const auto& base = pages.needs.site.playback_base_url; !base.empty()) policy.media_origins.push_back(base);
    http::add_html_security_headers(response.headers, nonce, policy);
    response.body = render_page(pages.html, nonce, head, api::to_json(site), queries);
    return response;
}

/// A page whose contents depend on its reader alone, or on what is asked in it.
io::Task<http::Response> plain(PagesPtr pages, std::string_view pattern, http::Request request) {
    PageHead head;
    head.modulepreload = preloads_of(pattern);
    co_return page(*pages, request, 200, std::move(head), {});
}

io::Task<http::Response> home(PagesPtr pages, http::Request request) {
    const auto live = co_await live::list_streams(pages->needs.streams, pages->needs.cursors, live::StreamStatus::live, std::nullopt, kListedOnHome);
    PageHead head;
    head.description = "Live now on " + pages->needs.site.name + ".";
    head.modulepreload = preloads_of("/");
    std::vector<FirstQuery> queries;
    if (live) {
        queries.push_back({R"(["streams","LIVE"])", fmt::format(R"({{"items":{},"next":{}}})", api::to_json(live->items), api::to_json(live->next))});
    }
    co_return page(*pages, request, 200, std::move(head), std::move(queries));
}

io::Task<http::Response> stream(PagesPtr pages, http::Request request) {
    const std::string slug{request.path_value("slug")};
    const auto channel = co_await channels::show_channel(pages->needs.channels, pages->needs.streams, slug);
    std::string key = R"(["channel",)";
    append_json_text(key, slug);
    key += "]";

    PageHead head;
    head.modulepreload = preloads_of("/streams/{slug}");
    if (!channel) co_return page(*pages, request, 404, std::move(head), {{std::move(key), "null"}});
    // Only a channel that is on air needs the player's code at once.
    if (channel->stream) head.modulepreload = preloads_of("/streams/{slug}?live");
    head.title = channel->stream ? channel->stream->title : channel->name;
    head.description = channel->description;
    head.kind = "video.other";
    co_return page(*pages, request, 200, std::move(head), {{std::move(key), api::to_json(*channel)}});
}

/// A file of the app, or the app's own page for what is not there.
io::Task<http::Response> rest(PagesPtr pages, http::Request request) {
    if (const auto* asset = pages->source->find(request.path); asset != nullptr) co_return http::AssetSource::answer(*asset, request);
    co_return page(*pages, request, 404, {}, {});
}

api::RouteSpec readable(std::string_view path, std::string_view name, std::string_view summary, api::CacheControl cache) {
    return {.method = http::Method::get,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::anyone(),
            .rate = api::RateLimit::per(std::chrono::minutes{1}, 1'200),
            .body = api::BodyLimit::none(),
            .cache = std::move(cache),
            .cors = api::Cors::same_origin(),
            .refusals = {}};
}

io::Task<Result<wire::Site>> show_site(PagesPtr pages, std::string origin) { co_return site_of(*pages, origin); }

}  // namespace

void add_web_pages(api::Routes& routes, WebPagesNeeds needs) {
    auto made = std::make_shared<Pages>(Pages{std::move(needs), {}, nullptr, {}});
    for (const auto& asset : web_assets()) {
        // The document is a template: only pages give it out, filled.
        if (asset.path == "/index.html") {
            made->html = as_text(asset.identity);
            continue;
        }
        made->assets.push_back({asset.path, asset.content_type, asset.etag, asset.immutable, asset.identity, asset.gzip, asset.brotli});
    }
    made->source = std::make_unique<http::AssetSource>(made->assets);
    const PagesPtr pages = made;

    routes.add(readable("/api/site", "site.get", "The installation: its name, its addresses, where to find help.", api::CacheControl::revalidate()),
               [pages](api::Input<> in) { return show_site(pages, std::move(in.caller.origin)); });
    if (pages->html.empty()) return;
    const std::vector<std::string> html{"text/html; charset=utf-8"};
    routes.add_raw(readable("/", "pages.home", "The page of what is live now.", api::CacheControl::no_store()), html,
                   [pages](http::Request request) { return home(pages, std::move(request)); });
    routes.add_raw(readable("/streams/{slug}", "pages.stream", "The page of a channel's stream.", api::CacheControl::no_store()), html,
                   [pages](http::Request request) { return stream(pages, std::move(request)); });
    for (const auto& each : kPlainPages) {
        const auto path = each.path;
        routes.add_raw(readable(each.path, each.name, each.summary, api::CacheControl::no_store()), html,
                       [pages, path](http::Request request) { return plain(pages, path, std::move(request)); });
    }
    routes.add_raw(
        readable("/{path...}", "pages.rest", "The web app's files; for every other path its page, with status 404.", api::CacheControl::revalidate()),
        {"*/*"}, [pages](http::Request request) { return rest(pages, std::move(request)); });
}

}  // namespace ae::app
