#include "app/web_pages.hpp"

#include <array>

#include <fmt/format.h>
#include <boost/describe.hpp>

#include "app/page_subject.hpp"
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
    {"/auth/setup", "pages.setup", "The page that the link on the server's terminal leads to: it makes the first admin."},
    {"/dashboard", "pages.dashboard", "A creator's desk."},
    {"/dashboard/channel", "pages.own_channels", "The page where channels are made and changed."},
    {"/dashboard/profile", "pages.profile", "The page of one's own profile."},
    {"/settings", "pages.settings", "The page of an account's safety and data."},
});

constexpr std::int32_t kCardWidth = 1280, kCardHeight = 720;

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

SiteFace face_of(const wire::Site& site) { return {site.name, site.publicUrl}; }
SiteFace face_of(const Pages& pages, const std::string& origin) { return face_of(site_of(pages, origin)); }

/// What is about to be answered: who asks for it, and what it says.
struct Answer {
    unsigned status = 200;
    PageHead head = {};
    std::vector<FirstQuery> queries = {};
    /// Other people's pages may show it in a frame.
    bool embeddable = false;
};

std::string query_key(std::string_view kind, std::string_view name) {
    std::string key = "[";
    append_json_text(key, kind);
    key += ',';
    append_json_text(key, name);
    return key + "]";
}

http::Response rendered(const Pages& pages, const http::Request& request, Answer answer) {
    const auto site = site_of(pages, origin_of(request));
    answer.head.site_name = site.name;
    answer.head.address = site.publicUrl + request.path;

    http::Response response;
    response.status = answer.status;
    const auto nonce = http::make_nonce(pages.needs.random);
    response.headers.add("content-type", "text/html; charset=utf-8");
    http::HtmlPolicy policy;
    if (const auto& base = pages.needs.site.playback_base_url; !base.empty()) policy.media_origins.push_back(base);
    if (answer.embeddable) policy.frame_ancestors = "*";
    http::add_html_security_headers(response.headers, nonce, policy);
    if (answer.embeddable) response.headers.set("cross-origin-resource-policy", "cross-origin");
    response.body = render_page(pages.html, nonce, answer.head, api::to_json(site), answer.queries);
    return response;
}

/// Every page begins with who reads it, so that none has to ask as a stranger.
io::Task<http::Response> page(PagesPtr pages, http::Request request, api::Caller caller, Answer answer) {
    std::string me = "null";
    if (pages->needs.me && !caller.account.empty()) me = co_await pages->needs.me(std::move(caller.account));
    answer.queries.push_back({R"(["me"])", std::move(me)});
    co_return rendered(*pages, request, std::move(answer));
}

/// A page whose contents depend on its reader alone, or on what is asked in it. The pattern is text of the program and outlives all.
io::Task<http::Response> plain(PagesPtr pages, std::string_view pattern, http::Request request, api::Caller caller) {
    Answer answer;
    answer.head.modulepreload = preloads_of(pattern);
    co_return co_await page(pages, std::move(request), std::move(caller), std::move(answer));
}

io::Task<http::Response> home(PagesPtr pages, http::Request request, api::Caller caller) {
    const auto live = co_await live::list_streams(pages->needs.streams, pages->needs.cursors, live::StreamStatus::live, std::nullopt, kListedOnHome);
    Answer answer;
    answer.head.description = "Live now on " + pages->needs.site.name + ".";
    answer.head.modulepreload = preloads_of("/");
    if (live) {
        answer.queries.push_back(
            {R"(["streams","LIVE"])", fmt::format(R"({{"items":{},"next":{}}})", api::to_json(live->items), api::to_json(live->next))});
    }
    co_return co_await page(pages, std::move(request), std::move(caller), std::move(answer));
}

http::Response moved_to(std::string place) {
    auto response = http::text_response(308, "text/plain; charset=utf-8", "moved\n");
    response.headers.add("location", std::move(place));
    return response;
}

/// A page about a channel.
struct ChannelPage {
    std::string_view pattern;
    /// The same while the channel is on air, which wants other code at once.
    std::string_view live_pattern;
    /// `/streams/`: what stands before the slug.
    std::string_view place;
    PageHead (*head_of)(const channels::wire::Channel&, const SiteFace&);
    bool shows_people;
    bool embeddable;
};
constexpr ChannelPage kStreamPage{"/streams/{slug}", "/streams/{slug}?live", "/streams/", head_of_stream, false, false};
constexpr ChannelPage kOwnPage{"/channel/{username}", "/channel/{username}", "/channel/", head_of_channel, true, false};
constexpr ChannelPage kEmbedPage{"/embed/{slug}", "/embed/{slug}?live", "/embed/", head_of_stream, false, true};

// `kind` outlives the server.
io::Task<http::Response> about_channel(PagesPtr pages, const ChannelPage& kind, std::string slug, http::Request request, api::Caller caller) {
    const auto channel = co_await channels::show_channel(pages->needs.channels, pages->needs.streams, slug, channels::actor_of(caller));
    Answer answer{.embeddable = kind.embeddable};
    if (!channel) {
        std::string person = "null";
        // Somebody may have that name and no channel.
        if (kind.shows_people && pages->needs.person) person = co_await pages->needs.person(slug, caller.account);
        answer.status = person == "null" ? 404 : 200;
        answer.head.modulepreload = preloads_of(kind.pattern);
        answer.queries.push_back({query_key("channel", slug), "null"});
        if (kind.shows_people) answer.queries.push_back({query_key("person", slug), std::move(person)});
        co_return co_await page(pages, std::move(request), std::move(caller), std::move(answer));
    }
    // It is known by its id, its creator's name and the names it had; it lives at one address.
    if (channel->slug != slug) co_return moved_to(std::string{kind.place} + channel->slug);
    answer.head = kind.head_of(*channel, face_of(*pages, origin_of(request)));
    answer.head.modulepreload = preloads_of(channel->stream ? kind.live_pattern : kind.pattern);
    answer.queries.push_back({query_key("channel", slug), api::to_json(*channel)});
    co_return co_await page(pages, std::move(request), std::move(caller), std::move(answer));
}

/// A file of the app, or the app's own page for what is not there.
io::Task<http::Response> rest(PagesPtr pages, http::Request request, api::Caller caller) {
    if (const auto* asset = pages->source->find(request.path); asset != nullptr) co_return http::AssetSource::answer(*asset, request);
    co_return co_await page(pages, std::move(request), std::move(caller), {.status = 404});
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

struct OEmbedQuery {
    std::string url;
    std::optional<std::string> format;
    std::optional<std::int32_t> maxwidth;
    std::optional<std::int32_t> maxheight;
    static void rules(api::Rules& rules) {
        rules.field("url").length(1, 500).says("The address of a stream's, a channel's or an embeddable player's page.");
        rules.field("format").says("`json`, the only one there is.");
        rules.field("maxwidth").range(200, 8'192);
        rules.field("maxheight").range(113, 8'192);
    }
};
BOOST_DESCRIBE_STRUCT(OEmbedQuery, (), (url, format, maxwidth, maxheight))

io::Task<Result<OEmbed>> embed_card(PagesPtr pages, OEmbedQuery query, std::string origin) {
    if (query.format.value_or("json") != "json") co_return Error{Errc::invalid, "format_unknown", "oEmbed is answered as JSON."};
    const auto site = face_of(*pages, origin);
    const Error nothing{Errc::not_found, "channel_not_found", "There is no public channel at this address."};
    auto slug = slug_in(query.url, site.origin);
    if (!slug) co_return nothing;
    const auto channel = co_await channels::show_channel(pages->needs.channels, pages->needs.streams, std::move(*slug));
    if (!channel) co_return nothing;
    co_return oembed_of(*channel, site, query.maxwidth.value_or(kCardWidth), query.maxheight.value_or(kCardHeight));
}

/// The app's files, leaving out the document: that one is a template, and only pages give it out, filled.
PagesPtr made_of(WebPagesNeeds needs) {
    auto made = std::make_shared<Pages>(Pages{std::move(needs), {}, nullptr, {}});
    for (const auto& asset : web_assets()) {
        if (asset.path == "/index.html") made->html = as_text(asset.identity);
        else made->assets.push_back({asset.path, asset.content_type, asset.etag, asset.immutable, asset.identity, asset.gzip, asset.brotli});
    }
    made->source = std::make_unique<http::AssetSource>(made->assets);
    return made;
}

void add_pages(api::Routes& routes, const PagesPtr& pages) {
    using Asked = http::Request;
    using api::Caller;
    const auto add = [&routes](std::string_view path, std::string_view name, std::string_view summary, api::KnowingHandler handler) {
        routes.add_raw(readable(path, name, summary, api::CacheControl::no_store()), {"text/html; charset=utf-8"}, std::move(handler));
    };
    add("/", "pages.home", "The page of what is live now.",
        [pages](Asked asked, Caller caller) { return home(pages, std::move(asked), std::move(caller)); });
    for (const auto& each : kPlainPages) {
        add(each.path, each.name, each.summary,
            [pages, path = each.path](Asked asked, Caller caller) { return plain(pages, path, std::move(asked), std::move(caller)); });
    }
    const auto add_about = [&](const ChannelPage& kind, std::string_view parameter, std::string_view name, std::string_view summary) {
        add(kind.pattern, name, summary, [pages, &kind, parameter](Asked asked, Caller caller) {
            std::string slug{asked.path_value(parameter)};
            return about_channel(pages, kind, std::move(slug), std::move(asked), std::move(caller));
        });
    };
    add_about(kStreamPage, "slug", "pages.stream", "The page of a channel's stream.");
    add_about(kOwnPage, "username", "pages.channel", "A channel's own page.");
    add_about(kEmbedPage, "slug", "pages.embed", "The player alone, for a frame in somebody else's page.");
    routes.add_raw(
        readable("/{path...}", "pages.rest", "The web app's files; for every other path its page, with status 404.", api::CacheControl::revalidate()),
        {"*/*"}, api::KnowingHandler{[pages](Asked asked, Caller caller) { return rest(pages, std::move(asked), std::move(caller)); }});
}

}  // namespace

void add_web_pages(api::Routes& routes, WebPagesNeeds needs) {
    const auto pages = made_of(std::move(needs));
    routes.add(readable("/api/site", "site.get", "The installation: its name, its addresses, where to find help.", api::CacheControl::revalidate()),
               [pages](api::Input<> in) { return show_site(pages, std::move(in.caller.origin)); });
    routes.add(api::public_read("/api/oembed", "oembed.get", "How to put a channel's player into another page: oEmbed 1.0.",
                                {{400, "format_unknown", "it is not JSON that is asked for."},
                                 {404, "channel_not_found", "there is no public channel at this address."}}),
               [pages](api::Input<api::None, OEmbedQuery> in) { return embed_card(pages, std::move(in.query), std::move(in.caller.origin)); });
    if (!pages->html.empty()) add_pages(routes, pages);
}

}  // namespace ae::app
