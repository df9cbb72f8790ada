// The pictures of all broadcasts: made in rounds on one shard, known on every one.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/config.hpp"
#include "base/id.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"
#include "media/worker/worker_pool.hpp"
#include "net/api/routes.hpp"
#include "thumbnails/keyframe_source.hpp"
#include "thumbnails/thumbnail.hpp"

namespace ae::thumbnails {

struct ThumbnailConfig {
    Duration every = std::chrono::seconds{10};
};
void describe(config::Section& section, ThumbnailConfig& config);

class Thumbnails {
  public:
    struct Needs {
        io::Shards& shards;
        media::worker::WorkerPool& workers;
        KeyframeSource& source;
        Random& random;
    };
    /// Rounds run on the last shard.
    Thumbnails(Needs needs, const ThumbnailConfig& config);
    Thumbnails(const Thumbnails&) = delete;
    Thumbnails& operator=(const Thumbnails&) = delete;

    /// The shards run: begins the rounds.
    void start();
    io::Task<> stop();
    /// One round; on the last shard.
    io::Task<> round();

    // On any shard; elsewhere there are none.

    /// The address of a broadcast's newest picture; nullopt: there is none (yet).
    std::optional<std::string> url_of(const std::string& stream) const;
    /// Null: no such picture, or no longer.
    SharedBytes find(const std::string& stream, std::string_view file) const;

  private:
    /// By stream, the newest first; what one shard knows.
    using Known = std::unordered_map<std::string, std::deque<ThumbnailPtr>>;

    io::Shard& home() { return needs_.shards.at(needs_.shards.size() - 1); }
    io::Task<> rounds();
    io::Task<> stop_here();
    io::Task<std::vector<Keyframe>> collect();
    io::Task<> make(Keyframe keyframe);
    void forget_others(const std::vector<Keyframe>& now);
    void everywhere(const std::function<void(Known&)>& change);
    /// What this shard knows; null: nothing, or this is no shard.
    const std::deque<ThumbnailPtr>* here(const std::string& stream) const;

    Needs needs_;
    const ThumbnailConfig& config_;
    io::TaskGroup tasks_;
    std::vector<Known> known_;                                                 // by shard
    std::unordered_map<std::string, std::weak_ptr<const media::Frame>> done_;  // by stream: the frame of the newest picture
};

/// Adds `GET /thumbnails/{stream}/{file}`. The pictures outlive the routes.
void add_thumbnail_routes(api::Routes& routes, const Thumbnails& thumbnails);

}  // namespace ae::thumbnails
