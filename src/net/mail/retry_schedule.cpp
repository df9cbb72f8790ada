#include "net/mail/retry_schedule.hpp"

#include <algorithm>

namespace ae::mail {

namespace {

constexpr Duration kLongest = std::chrono::hours{1};
constexpr int kFactor = 4;

}  // namespace

void RetrySchedule::add(const std::string& id, SteadyTime now) { waiting_.try_emplace(id, Waiting{.at = now}); }

std::optional<std::string> RetrySchedule::due(SteadyTime now) const {
    const auto found = std::ranges::find_if(waiting_, [now](const auto& entry) { return entry.second.at <= now; });
    if (found == waiting_.end()) return std::nullopt;
    return found->first;
}

std::optional<SteadyTime> RetrySchedule::next() const {
    const auto soonest = std::ranges::min_element(waiting_, {}, [](const auto& entry) { return entry.second.at; });
    if (soonest == waiting_.end()) return std::nullopt;
    return soonest->second.at;
}

void RetrySchedule::put_off(const std::string& id, SteadyTime now) {
    auto& waiting = waiting_.at(id);
    waiting.at = now + wait_after(waiting.attempts);
    ++waiting.attempts;
}

void RetrySchedule::put_off_all(const std::string& id, SteadyTime now) {
    put_off(id, now);
    const auto until = waiting_.at(id).at;
    for (auto& [other, waiting] : waiting_) waiting.at = std::max(waiting.at, until);
}

int RetrySchedule::attempts(const std::string& id) const {
    const auto found = waiting_.find(id);
    return found == waiting_.end() ? 0 : found->second.attempts;
}

Duration RetrySchedule::wait_after(int attempts) const {
    auto wait = first_;
    for (int i = 0; i < attempts && wait < kLongest; ++i) wait *= kFactor;
    return std::min(wait, kLongest);
}

}  // namespace ae::mail
