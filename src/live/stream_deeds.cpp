// The routes that change streams.
#include "channels/channel_routes.hpp"
#include "live/stream_specs.hpp"

namespace ae::live {

namespace wire = channels::wire;

namespace {

struct NewStream {
    std::string channel;
    std::string title;
    std::optional<std::string> description;
    std::optional<std::string> category;
    std::optional<wire::StartsWith> startsWith;
    static void rules(api::Rules& rules) { rules.field("channel").says("Your channel: its id or slug."); }
};
BOOST_DESCRIBE_STRUCT(NewStream, (), (channel, title, description, category, startsWith))

struct StreamChanges {
    std::optional<std::string> title;
    std::optional<std::string> description;
    std::optional<std::string> category;
};
BOOST_DESCRIBE_STRUCT(StreamChanges, (), (title, description, category))

struct StatusChange {
    wire::Status status;
    static void rules(api::Rules& rules) { rules.field("status").says("LIVE to go live, ENDING to end; the server archives."); }
};
BOOST_DESCRIBE_STRUCT(StatusChange, (), (status))

struct StreamToEnd {
    StreamId id;
};
BOOST_DESCRIBE_STRUCT(StreamToEnd, (), (id))

struct StartPath {
    std::string channelId;
    static void rules(api::Rules& rules) { rules.field("channelId").says("Your channel: its id or slug."); }
};
BOOST_DESCRIBE_STRUCT(StartPath, (), (channelId))

constexpr std::uint64_t kBodyBytes = 32 * 1024;
constexpr api::Refusal kNoChannel{404, "channel_not_found", "there is no channel of that name that you may see."};
constexpr api::Refusal kNoIngest{409, "no_ingest", "no encoder sends for this stream."};
constexpr api::Refusal kIllegal{409, "transition_illegal", "a stream goes OFFLINE, LIVE, ENDING, ARCHIVED; the last step is the server's."};
constexpr api::Refusal kTitle{400, "title_invalid", "a title has 1 to 140 characters."};
constexpr api::Refusal kDescription{400, "description_invalid", "it is longer than 2,000 characters."};
constexpr api::Refusal kCategory{400, "category_unknown", "`GET /api/categories` does not list it."};

io::Task<Result<api::Created<wire::Stream>>> prepare(StreamService& streams, NewStream body, Actor actor) {
    StreamDraft draft{std::move(body.title), body.description.value_or(""), std::move(body.category), {}};
    if (body.startsWith) draft.starts_with = wire::starts_with_of(*body.startsWith);
    const auto made = co_await streams.prepare(std::move(body.channel), std::move(draft), std::move(actor));
    if (!made) co_return made.error();
    co_return api::Created<wire::Stream>{shown(*made), "/api/streams/" + made->stream.id.str()};
}

io::Task<Result<wire::Stream>> shown_after(io::Task<Result<SeenStream>> work) {
    const auto done = co_await std::move(work);
    if (!done) co_return done.error();
    co_return shown(*done);
}

io::Task<Result<wire::Stream>> end(StreamService& streams, StreamId id, Actor actor) {
    return shown_after(streams.set_status(std::move(id), StreamStatus::ending, std::move(actor)));
}

void add_prepare(api::Routes& routes, StreamService& streams, std::string_view path, std::string_view name) {
    routes.add(
        deed(http::Method::post, path, name, "Prepares a stream: your channel's next encoder takes it.",
             {kNoChannel, kNotYours, kTitle, kDescription, kCategory, {409, "too_many_prepared", "twenty wait already."}}, kBodyBytes),
        [&streams](api::Input<api::None, api::None, NewStream> in) { return prepare(streams, std::move(in.body), channels::actor_of(in.caller)); });
}

}  // namespace

api::RouteSpec deed(http::Method method, std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals,
                    std::uint64_t body_bytes) {
    return {.method = method,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::at_least(api::Role::signed_in),
            .rate = api::RateLimit::per(std::chrono::minutes{1}, 120),
            .body = body_bytes == 0 ? api::BodyLimit::none() : api::BodyLimit::bytes(body_bytes),
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = std::move(refusals)};
}

StreamStatus status_in(wire::Status status) { return *channels::status_of(api::enum_text(status)); }

wire::Stream shown(const SeenStream& seen) {
    return wire::stream_of(seen.stream, {seen.channel.id, seen.channel.slug, seen.channel.name, seen.channel.avatar});
}

void add_stream_deeds(api::Routes& routes, StreamService& streams) {
    using enum http::Method;
    add_prepare(routes, streams, "/api/streams", "streams.create");
    add_prepare(routes, streams, "/api/stream/create", "stream.create");
    routes.add(deed(put, "/api/streams/{id}", "streams.change", "Changes what your stream is called, also while it is on air.",
                    {kNoStream, kNotYours, kTitle, kDescription, kCategory}, kBodyBytes),
               [&streams](api::Input<StreamPath, api::None, StreamChanges> in) {
                   StreamChange change{std::move(in.body.title), std::move(in.body.description), std::move(in.body.category)};
                   return shown_after(streams.change(std::move(in.path.id), std::move(change), channels::actor_of(in.caller)));
               });
    routes.add(
        deed(put, "/api/streams/{id}/status", "streams.set_status", "Goes live, or ends.", {kNoStream, kNotYours, kNoIngest, kIllegal}, kBodyBytes),
        [&streams](api::Input<StreamPath, api::None, StatusChange> in) {
            return shown_after(streams.set_status(std::move(in.path.id), status_in(in.body.status), channels::actor_of(in.caller)));
        });
    routes.add(
        deed(post, "/api/streams/{channelId}/start", "streams.start", "What your encoder sends goes live.",
             {kNoChannel, kNotYours, kNoIngest, kIllegal, kNoStream}),
        [&streams](api::Input<StartPath> in) { return shown_after(streams.start(std::move(in.path.channelId), channels::actor_of(in.caller))); });
    routes.add(deed(post, "/api/streams/{id}/end", "streams.end", "Ends your stream; the encoder that sends it is refused for a minute.",
                    {kNoStream, kNotYours, kIllegal, kNoIngest}),
               [&streams](api::Input<StreamPath> in) { return end(streams, std::move(in.path.id), channels::actor_of(in.caller)); });
    routes.add(
        deed(post, "/api/stream/end", "stream.end", "The same, with the stream in the body.", {kNoStream, kNotYours, kIllegal, kNoIngest},
             kBodyBytes),
        [&streams](api::Input<api::None, api::None, StreamToEnd> in) { return end(streams, std::move(in.body.id), channels::actor_of(in.caller)); });
}

}  // namespace ae::live
