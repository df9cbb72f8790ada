#include "channels/stream_view.hpp"

#include <array>

namespace ae::channels {

namespace {
constexpr std::array<std::string_view, 4> kWords{"OFFLINE", "LIVE", "ENDING", "ARCHIVED"};
}

std::string_view starts_with_word(StartsWith start) { return start == StartsWith::preview ? "preview" : "auto"; }
StartsWith starts_with_of(std::string_view word) { return word == "preview" ? StartsWith::preview : StartsWith::at_once; }

std::string_view status_word(StreamStatus status) { return kWords[static_cast<std::size_t>(status)]; }

std::optional<StreamStatus> status_of(std::string_view word) {
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        if (kWords[i] == word) return static_cast<StreamStatus>(i);
    }
    return std::nullopt;
}

}  // namespace ae::channels
