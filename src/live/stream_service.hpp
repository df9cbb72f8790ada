// The rules of streams for people: who may see, prepare, change, begin and end them. Rows, joined with what is on the stage.
#pragma once

#include <string>
#include <vector>

#include "channels/channel_service.hpp"
#include "channels/stream_view.hpp"
#include "live/stage.hpp"
#include "live/stream_store.hpp"
#include "thumbnails/thumbnails.hpp"

namespace ae::live {

using channels::Actor;

/// A stream and the card of its channel.
struct SeenStream {
    channels::StreamView stream;
    ChannelCard channel;
    std::vector<std::string> warnings;
};

struct SeenStreams {
    std::vector<SeenStream> streams;
    /// Hand it to the next `list`; empty at the end.
    std::string next;
};

/// What its owner says about a stream that is to come.
struct StreamDraft {
    std::string title;
    std::string description = {};
    /// Absent: the channel's.
    std::optional<std::string> category = {};
    std::optional<channels::StartsWith> starts_with = {};
};

/// What is absent stays.
struct StreamChange {
    std::optional<std::string> title = {};
    std::optional<std::string> description = {};
    std::optional<std::string> category = {};
};

/// Who wants to play a stream, and on what.
struct Player {
    Actor actor;
    /// What the client calls its device; empty: its address and user agent.
    std::string device = {};
    std::string user_agent = {};
};

/// How to play a stream.
struct PlayPass {
    SeenStream seen;
    std::string url;
    WallTime expires = {};
    /// The owner's own look, which is not counted.
    bool preview = false;
};

class StreamService final : public channels::StreamLookup {
  public:
    /// The references outlive it. `playback_base_url` goes before the addresses of playlists; empty: they are paths on this server.
    StreamService(db::Db& db, Stage& stage, channels::ChannelService& channels, const Clock& clock, Random& random, const LiveConfig& config,
                  std::string playback_base_url);

    /// Refuses `stream_not_found`, also for what the actor may not see: streams of private channels, and those that were never on air.
    io::Task<Result<SeenStream>> find(StreamId stream, Actor actor);
    /// Newest first; `after` is the `next` of the list before; `most` is cut to 100. `channel` (empty: any) is an id or a slug; refuses `channel_not_found`.
    io::Task<Result<SeenStreams>> list(StreamStatus status, std::string channel, Actor actor, std::string after, std::int64_t most);
    /// Refuses `stream_not_found`, and `stream_ended` when nothing of it can be played.
    io::Task<Result<PlayPass>> play(StreamId stream, Player player);

    // Each refuses `stream_not_found` or `channel_not_found`, and `not_yours`.

    /// The next encoder of the channel takes it. Also refuses `title_invalid`, `description_invalid`, `category_unknown`, `too_many_prepared`.
    io::Task<Result<SeenStream>> prepare(std::string channel, StreamDraft draft, Actor actor);
    /// Also refuses `title_invalid`, `description_invalid`, `category_unknown`. Viewers see it with their next question.
    io::Task<Result<SeenStream>> change(StreamId stream, StreamChange change, Actor actor);
    /// LIVE or ENDING. Also refuses `no_ingest`, `transition_illegal`.
    io::Task<Result<SeenStream>> set_status(StreamId stream, StreamStatus status, Actor actor);
    /// What the channel's encoder sends goes live. Also refuses `no_ingest`, `transition_illegal`.
    io::Task<Result<SeenStream>> start(std::string channel, Actor actor);
    io::Task<Result<std::vector<Transition>>> transitions(StreamId stream, Actor actor);

    // channels::StreamLookup
    io::Task<std::optional<channels::StreamView>> current_stream(ChannelId channel, bool for_owner) override;
    io::Task<std::unordered_map<ChannelId, channels::StreamView>> current_streams(std::vector<ChannelId> channels) override;

    /// Where the pictures of what is on air come from; until then there are none. They outlive it.
    void show_thumbnails(const thumbnails::Thumbnails& thumbnails) { thumbnails_ = &thumbnails; }

  private:
    io::Task<Result<ListedStream>> owned(StreamId stream, Actor actor);
    io::Task<Result<channels::Channel>> owned_channel(std::string channel, Actor actor);
    channels::StreamView view(const StreamRecord& record) const;
    std::optional<channels::StreamView> current(const ChannelId& channel, bool for_owner) const;
    SeenStream seen(ListedStream listed) const;

    db::Db& db_;
    Stage& stage_;
    channels::ChannelService& channels_;
    const Clock& clock_;
    Random& random_;
    const LiveConfig& config_;
    std::string playback_base_url_;
    const thumbnails::Thumbnails* thumbnails_ = nullptr;
};

}  // namespace ae::live
