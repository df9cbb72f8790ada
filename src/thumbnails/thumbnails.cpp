#include "thumbnails/thumbnails.hpp"

#include "base/crypto.hpp"
#include "base/metrics.hpp"
#include "io/timeout.hpp"

namespace ae::thumbnails {

namespace {

constexpr std::size_t kVersionBytes = 10;
constexpr std::size_t kKept = 2;
/// 4K and a little: no encoder of a creator sends more.
constexpr std::uint64_t kMostPixels = 10'000'000;
constexpr Duration kStopLimit = std::chrono::seconds{1};

io::Task<std::vector<Keyframe>> ask(KeyframeSource* source) { co_return source->keyframes_here(); }

void count(std::string_view result) { metrics::counter("aethex_thumbnails_total", "Pictures made of broadcasts.", {{"result", result}}).add(); }

bool is_usable(const Keyframe& keyframe) {
    const auto& format = *keyframe.frame->format;
    return keyframe.frame->keyframe && format.kind == media::MediaKind::video && format.codec == media::Codec::h264;
}

}  // namespace

void describe(config::Section& section, ThumbnailConfig& config) {
    section.field("every", &config.every, "How often each broadcast gets a new picture.").least = 1;
}

Thumbnails::Thumbnails(Needs needs, const ThumbnailConfig& config)
    : needs_(needs),
      config_(config),
      tasks_(needs.shards.at(needs.shards.size() - 1).context().get_executor(), "thumbnails"),
      known_(needs.shards.size()) {}

void Thumbnails::start() {
    home().post([this] { tasks_.spawn("rounds", rounds()); });
}

io::Task<> Thumbnails::stop_here() { co_await tasks_.stop(kStopLimit); }

io::Task<> Thumbnails::stop() {
    auto work = stop_here();
    co_await io::on(home(), std::move(work));
}

io::Task<> Thumbnails::rounds() {
    while (true) {
        co_await io::sleep_for(config_.every);
        co_await round();
    }
}

io::Task<> Thumbnails::round() {
    auto keyframes = co_await collect();
    forget_others(keyframes);
    for (auto& keyframe : keyframes) {
        if (!is_usable(keyframe) || done_[keyframe.stream].lock() == keyframe.frame) continue;
        co_await make(std::move(keyframe));
    }
}

io::Task<std::vector<Keyframe>> Thumbnails::collect() {
    std::vector<Keyframe> all;
    for (std::size_t i = 0; i < needs_.shards.size(); ++i) {
        auto asked = ask(&needs_.source);
        auto found = co_await io::on(needs_.shards.at(i), std::move(asked));
        for (auto& one : found) all.push_back(std::move(one));
    }
    co_return all;
}

io::Task<> Thumbnails::make(Keyframe keyframe) {
    done_[keyframe.stream] = keyframe.frame;
    media::job::KeyframeJob job{
        keyframe.frame->format->decoder_config, keyframe.frame->payload, {thumbnail_sizes(), media::job::Fit::inside}, kMostPixels};
    auto made = co_await needs_.workers.keyframe(std::move(job));
    count(made ? "ok" : made.error().reason);
    if (!made || made->all.size() != thumbnail_sizes().size()) co_return;
    const auto fresh = thumbnail_of(keyframe.stream, crypto::random_token(needs_.random, kVersionBytes), std::move(*made));
    everywhere([fresh](Known& known) {
        auto& kept = known[fresh->stream];
        kept.push_front(fresh);
        if (kept.size() > kKept) kept.pop_back();
    });
}

void Thumbnails::forget_others(const std::vector<Keyframe>& now) {
    const auto goes = [&](const auto& entry) { return std::ranges::none_of(now, [&](const Keyframe& one) { return one.stream == entry.first; }); };
    std::vector<std::string> gone;
    for (const auto& entry : done_) {
        if (goes(entry)) gone.push_back(entry.first);
    }
    for (const auto& stream : gone) {
        done_.erase(stream);
        everywhere([stream](Known& known) { known.erase(stream); });
    }
}

void Thumbnails::everywhere(const std::function<void(Known&)>& change) {
    for (std::size_t i = 0; i < known_.size(); ++i) {
        needs_.shards.at(i).post([known = &known_[i], change] { change(*known); });
    }
}

const std::deque<ThumbnailPtr>* Thumbnails::here(const std::string& stream) const {
    const auto* shard = io::Shard::current();
    if (shard == nullptr) return nullptr;
    const auto found = known_[shard->index()].find(stream);
    return found == known_[shard->index()].end() ? nullptr : &found->second;
}

std::optional<std::string> Thumbnails::url_of(const std::string& stream) const {
    const auto* kept = here(stream);
    if (kept == nullptr) return std::nullopt;
    return kept->front()->url();
}

SharedBytes Thumbnails::find(const std::string& stream, std::string_view file) const {
    const auto* kept = here(stream);
    if (kept == nullptr) return nullptr;
    for (const auto& thumbnail : *kept) {
        if (auto bytes = thumbnail->find(file)) return bytes;
    }
    return nullptr;
}

}  // namespace ae::thumbnails
