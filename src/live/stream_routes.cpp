#include "live/stream_routes.hpp"

#include "channels/channel_routes.hpp"
#include "live/stream_specs.hpp"

namespace ae::live {

namespace wire = channels::wire;

namespace {

struct ListQuery {
    std::optional<wire::Status> status;
    std::optional<std::string> channel;
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("status").says("LIVE unless told. OFFLINE: your own prepared ones.");
        rules.field("channel").says("Only those of this channel: its id or slug.");
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (status, channel, cursor, limit))

struct PlayQuery {
    std::optional<std::string> device;
    static void rules(api::Rules& rules) {
        rules.field("device").says("What the client calls its device, 16 to 64 letters and digits; its address and user agent unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(PlayQuery, (), (device))

enum class LatencyMode { low };
BOOST_DESCRIBE_ENUM(LatencyMode, low)

/// How to play a stream.
struct Playback {
    /// The multivariant playlist, for this viewer alone.
    std::string url;
    /// When to ask again. A player that plays on goes on.
    WallTime expiresAt;
    /// The owner's own look, which is not counted.
    bool preview = false;
    LatencyMode latencyMode = LatencyMode::low;
    bool hasVideo = false;
    bool hasAudio = false;
    /// What its owner could do better: `long_group`, `codec_unsupported`.
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(Playback, (), (url, expiresAt, preview, latencyMode, hasVideo, hasAudio, warnings))

struct StreamTransition {
    std::optional<wire::Status> from;
    wire::Status to;
    std::string reason;
    std::optional<channels::UserId> actorId;
    WallTime at;
};
BOOST_DESCRIBE_STRUCT(StreamTransition, (), (from, to, reason, actorId, at))

struct StreamTransitions {
    std::vector<StreamTransition> items;
};
BOOST_DESCRIBE_STRUCT(StreamTransitions, (), (items))

constexpr std::string_view kCursorList = "streams";
constexpr std::int32_t kUsualLimit = 20;

wire::Status wire_status(StreamStatus status) { return *api::enum_from_text<wire::Status>(channels::status_word(status)); }

io::Task<Result<wire::Stream>> show(StreamService& streams, StreamId id, Actor actor) {
    const auto found = co_await streams.find(std::move(id), std::move(actor));
    if (!found) co_return found.error();
    co_return shown(*found);
}

io::Task<Result<Playback>> play(StreamService& streams, StreamId id, Player player) {
    const auto pass = co_await streams.play(std::move(id), std::move(player));
    if (!pass) co_return pass.error();
    const auto& stream = pass->seen.stream;
    co_return Playback{pass->url, pass->expires, pass->preview, LatencyMode::low, stream.has_video, stream.has_audio, pass->seen.warnings};
}

io::Task<Result<StreamTransitions>> transitions(StreamService& streams, StreamId id, Actor actor) {
    const auto found = co_await streams.transitions(std::move(id), std::move(actor));
    if (!found) co_return found.error();
    StreamTransitions all;
    for (const auto& step : *found) {
        all.items.push_back(
            {step.made ? std::nullopt : std::optional{wire_status(step.from)}, wire_status(step.to), step.reason, step.actor, step.at});
    }
    co_return all;
}

void add_read_routes(api::Routes& routes, StreamService& streams, std::string_view get_path, std::string_view play_path, Names names) {
    routes.add(api::public_read(get_path, names.get, "A stream.", {kNoStream}),
               [&streams](api::Input<StreamPath> in) { return show(streams, std::move(in.path.id), channels::actor_of(in.caller)); });
    auto spec = api::public_read(play_path, names.play, "How to play a stream that is on air, or your own preview: an address for you alone.",
                                 {kNoStream,
                                  {410, "stream_ended", "the broadcast is over, or has not begun."},
                                  {400, "device_invalid", "a device is 16 to 64 letters and digits."}});
    spec.cache = api::CacheControl::no_store();
    routes.add(std::move(spec), [&streams](api::Input<StreamPath, PlayQuery> in) {
        Player player{channels::actor_of(in.caller), in.query.device.value_or(""), std::string{in.headers.get("user-agent")}};
        return play(streams, std::move(in.path.id), std::move(player));
    });
}

}  // namespace

// What a route is given outlives it.
io::Task<Result<api::Page<wire::Stream>>> list_streams(StreamService& streams, const api::Cursors& cursors, StreamStatus status,
                                                       std::optional<std::string> cursor, std::int64_t limit, std::string channel, Actor actor) {
    std::string after;
    if (cursor) {
        auto opened = cursors.open(kCursorList, *cursor);
        if (!opened) co_return opened.error();
        after = std::move(*opened);
    }
    const auto found = co_await streams.list(status, std::move(channel), std::move(actor), std::move(after), limit);
    if (!found) co_return found.error();
    api::Page<wire::Stream> page;
    for (const auto& stream : found->streams) page.items.push_back(shown(stream));
    if (!found->next.empty()) page.next = cursors.seal(kCursorList, found->next);
    co_return page;
}

void add_stream_routes(api::Routes& routes, StreamService& streams, const api::Cursors& cursors) {
    routes.add(api::public_read("/api/streams", "streams.list", "Streams of public channels, newest first.",
                                {{400, "cursor_invalid", "the cursor is not one of this list's."},
                                 {404, "channel_not_found", "there is no channel of that name that you may see."}}),
               [&](api::Input<api::None, ListQuery> in) {
                   return list_streams(streams, cursors, status_in(in.query.status.value_or(wire::Status::LIVE)), std::move(in.query.cursor),
                                       in.query.limit.value_or(kUsualLimit), in.query.channel.value_or(""), channels::actor_of(in.caller));
               });
    add_read_routes(routes, streams, "/api/streams/{id}", "/api/streams/{id}/hls", {.get = "streams.get", .play = "streams.hls"});
    add_read_routes(routes, streams, "/api/stream/{id}", "/api/stream/{id}/hls", {.get = "stream.get", .play = "stream.hls"});
    auto history = deed(http::Method::get, "/api/streams/{id}/transitions", "streams.transitions",
                        "How your stream came to where it is, oldest first.", {kNoStream, kNotYours});
    routes.add(std::move(history),
               [&streams](api::Input<StreamPath> in) { return transitions(streams, std::move(in.path.id), channels::actor_of(in.caller)); });
    add_stream_deeds(routes, streams);
}

}  // namespace ae::live
