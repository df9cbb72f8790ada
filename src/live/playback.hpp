// Playback: what one shard knows of the broadcasts that its viewers watch, and the requests that wait for the next part.
//
// A broadcast lives on its home shard. A shard whose viewers ask for it attaches, and from then on gets each new snapshot as an
// immutable shared value; it renders a playlist at most once a snapshot and form, and wakes everybody who waits for it in one pass.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text_map.hpp"
#include "io/shard.hpp"
#include "live/audience.hpp"
#include "live/config.hpp"
#include "media/hls/playlist.hpp"
#include "media/hls/snapshot.hpp"
#include "net/http/handler.hpp"

namespace ae::live {

/// How a shard asks a broadcast's home for snapshots, and stops asking. Called on the asking shard; answered by `Playback::update`.
struct SnapshotSource {
    std::function<void(const std::string& stream)> attach;
    std::function<void(const std::string& stream)> detach;
};

/// Whom a stream is for at the moment.
enum class Access : std::uint8_t { everybody, owner };

/// A stream that can be asked for.
struct Announcement {
    std::string stream;
    /// What its media addresses begin with.
    std::string media_secret;
    Access access = Access::everybody;
    /// Of the packager; viewers are counted by run.
    std::uint64_t run = 0;
};

class Playback {
  public:
    /// The references outlive it.
    Playback(io::Shard& shard, const LiveConfig& config, const Clock& clock, const PlaybackTokens& tokens, SnapshotSource source);

    // From the stage, on this shard.

    /// From now on. Again for one that is known: its broadcast began anew, or is for others now. Who waits and may, waits on, and the shard attaches; who
    /// may no more is answered 404.
    void announce(const Announcement& what);
    void update(const std::string& stream, media::hls::SnapshotPtr snapshot);
    /// The stream is over for good: who waits is answered 404.
    void withdraw(const std::string& stream);
    /// Once a second: answers what waited too long, detaches from what nobody watches, and says who came and who left.
    std::vector<AudienceReport> tick();
    /// The server stops: everything that waits is answered 503, and so is everything that would.
    void drain();

    // The edges, on this shard; the addresses are in `playback_edge.cpp`.

    /// At the stream's short address (no token), or beside its media playlists.
    enum class Place : std::uint8_t { at_root, beside };
    void master(const http::Request& request, http::ResponderPtr responder, std::string_view stream, std::string_view token, Place place);
    void media_playlist(const http::Request& request, http::ResponderPtr responder, std::string_view stream, std::string_view token,
                        std::string_view rendition);
    /// `path` is what follows `/media/<secret>/`: epoch, rendition and file.
    void media(http::ResponderPtr responder, std::string_view secret, std::string_view path);

    std::size_t parked() const { return parked_; }

  private:
    struct Form {
        media::hls::PlaylistForm skip = media::hls::PlaylistForm::full;
        bool gzip = false;
        std::size_t index() const { return (skip == media::hls::PlaylistForm::full ? 0u : 2u) + (gzip ? 1u : 0u); }
    };
    using Forms = std::array<std::optional<http::WireResponse>, 4>;
    struct MasterWish {
        Place place = Place::beside;
    };
    struct PlaylistWish {
        std::string rendition;
        Form form;
        std::optional<std::uint64_t> msn;
        std::optional<std::uint64_t> part;
    };
    /// Epoch, rendition and name, as they are in its address.
    struct MediaWish {
        std::string path;
    };

    /// A request that waits. It stays where it is until it is answered; a client that left only marks it.
    struct Parked {
        std::variant<MasterWish, PlaylistWish, MediaWish> wish;
        http::ResponderPtr responder;
        SteadyTime since{};
        /// Who asks for a playlist; null for media, and for who is not counted.
        SeatPtr seat;
        bool gone = false;
    };
    using ParkedPtr = std::shared_ptr<Parked>;

    struct View {
        std::string stream;
        std::string secret;
        Access access = Access::everybody;
        bool attached = false;
        SteadyTime last_asked{};
        media::hls::SnapshotPtr snapshot;
        /// By rendition and form: the playlists of this snapshot that somebody asked for.
        std::map<std::string, Forms, std::less<>> rendered;
        /// By path: the media of this snapshot that somebody asked for.
        TextMap<http::WireResponse> served;
        std::vector<ParkedPtr> waiting;
        /// Where the next sweep begins: nobody is always last.
        std::size_t turn = 0;
    };

    static View* find(const TextMap<View*>& index, std::string_view key);
    /// Whether who asks with this token may have the playlist; `seat` is theirs then. Answers the refusal itself.
    bool let_in(View& view, const http::Request& request, std::string_view token, http::Responder& responder, SeatPtr& seat);
    /// Nullopt: it is refused, and answered.
    std::optional<Ticket> ticket_of(const View& view, const http::Request& request, std::string_view token, http::Responder& responder);
    static void forget_snapshot(View& view);
    /// Answers now, or parks until a snapshot can.
    void serve(View& view, Parked wish);
    void park(View& view, Parked wish);
    /// True: it was answered (with what it asked for, or with a refusal).
    bool try_answer(View& view, Parked& parked);
    bool try_master(View& view, const MasterWish& wish, Parked& parked);
    bool try_playlist(View& view, const PlaylistWish& wish, Parked& parked);
    bool try_media(View& view, const MediaWish& wish, Parked& parked);
    static std::vector<media::hls::PlaylistAddress> addresses(const View& view, Place place);
    const http::WireResponse& rendered(View& view, const media::hls::RenditionView& rendition, Form form);
    void wake(View& view);
    /// Forgets all who wait, after they were answered.
    void release(View& view);

    io::Shard& shard_;
    const LiveConfig& config_;
    const Clock& clock_;
    const PlaybackTokens& tokens_;
    SnapshotSource source_;
    Audience audience_;
    TextMap<std::unique_ptr<View>> views_;
    TextMap<View*> by_stream_;
    TextMap<View*> by_secret_;
    std::size_t parked_ = 0;
    bool draining_ = false;
};

}  // namespace ae::live
