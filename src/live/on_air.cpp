#include "live/on_air.hpp"

#include <fmt/format.h>

#include "io/sweep.hpp"
#include "live/playback_answers.hpp"

namespace ae::live {

namespace {

constexpr std::chrono::seconds kHoldLimit{25};

http::WireResponse announcement(std::string_view stream) {
    return json_answer(fmt::format(R"({{"stream":"{}","hlsUrl":"{}"}})", stream, master_path(stream)));
}

}  // namespace

void OnAir::begin(const std::string& channel, const std::string& stream) {
    auto& here = channels_[channel];
    here.stream = stream;
    answer(std::exchange(here.waiting, {}), announcement(stream));
}

void OnAir::end(const std::string& channel) {
    const auto found = channels_.find(channel);
    if (found == channels_.end()) return;
    found->second.stream.clear();
    if (found->second.waiting.empty()) channels_.erase(found);
}

void OnAir::tick() {
    const auto now = clock_.steady();
    for (auto entry = channels_.begin(); entry != channels_.end();) {
        auto& [name, channel] = *entry;
        std::vector<std::shared_ptr<Held>> late;
        std::erase_if(channel.waiting, [&](const std::shared_ptr<Held>& held) {
            const bool over = held->gone || now - held->since >= kHoldLimit;
            if (over) late.push_back(held);
            return over;
        });
        answer(std::move(late), nothing_yet());
        entry = channel.waiting.empty() && channel.stream.empty() ? channels_.erase(entry) : std::next(entry);
    }
}

void OnAir::drain() {
    draining_ = true;
    for (auto& [name, channel] : channels_) answer(std::exchange(channel.waiting, {}), refusal(503, "server_stopping"));
}

void OnAir::wait(std::string_view channel, http::ResponderPtr responder) {
    if (draining_) return responder->send(refusal(503, "server_stopping"));
    auto found = channels_.find(channel);
    if (found != channels_.end() && !found->second.stream.empty()) return responder->send(announcement(found->second.stream));
    if (found == channels_.end()) found = channels_.try_emplace(std::string{channel}).first;

    auto held = std::make_shared<Held>(Held{std::move(responder), clock_.steady()});
    held->responder->on_gone([weak = std::weak_ptr{held}] {
        if (const auto still = weak.lock()) still->gone = true;
    });
    found->second.waiting.push_back(std::move(held));
}

void OnAir::answer(std::vector<std::shared_ptr<Held>> waiting, http::WireResponse what) {
    if (waiting.empty()) return;
    io::in_sweeps(shard_.context().get_executor(), std::move(waiting), [what = std::move(what)](std::shared_ptr<Held>& held) {
        if (!held->gone) held->responder->send(what);
        held.reset();
    });
}

}  // namespace ae::live
