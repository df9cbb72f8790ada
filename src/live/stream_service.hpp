// What can be known of streams: rows, joined with what is in memory. Rules about who may see them come with accounts; until then a
// stream of a public channel is for everybody, and the others are not found.
#pragma once

#include <string>
#include <vector>

#include "channels/stream_view.hpp"
#include "live/stage.hpp"
#include "live/stream_store.hpp"

namespace ae::live {

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

class StreamService final : public channels::StreamLookup {
  public:
    /// `playback_base_url` goes before the addresses of playlists; empty: they are paths on this server.
    StreamService(db::Db& db, Stage& stage, const Clock& clock, std::string playback_base_url);

    /// Refuses `stream_not_found`.
    io::Task<Result<SeenStream>> find(StreamId stream);
    /// Newest first; `after` is the `next` of the list before; `most` is cut to 100.
    io::Task<SeenStreams> list(StreamStatus status, std::string after, std::int64_t most);
    // channels::StreamLookup
    io::Task<std::optional<channels::StreamView>> current_stream(ChannelId channel, bool for_owner) override;
    io::Task<std::unordered_map<ChannelId, channels::StreamView>> current_streams(std::vector<ChannelId> channels) override;

  private:
    channels::StreamView view(const StreamRecord& record) const;
    SeenStream seen(ListedStream listed) const;

    db::Db& db_;
    Stage& stage_;
    const Clock& clock_;
    std::string playback_base_url_;
};

}  // namespace ae::live
