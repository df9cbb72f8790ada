// A strict judge of playlists: rfc8216bis, Apple's authoring rules, and what players in use trip over (docs of this room). Says everything
// that is wrong; an empty answer is a good playlist. Knows nothing of how our own playlists are made.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "media/hls/playlist_reader.hpp"

namespace ae::media::hls {

struct LintRule {
    std::string_view name;
    std::string_view says;
};
/// All rules, for documents and for the test that breaks each of them.
std::span<const LintRule> lint_rules();

/// A media playlist or a multivariant playlist, whichever it is.
std::vector<Finding> lint(std::string_view text);
/// What may not change between two versions of one live media playlist, the later of which may be a delta update.
std::vector<Finding> lint_update(std::string_view before, std::string_view after);

}  // namespace ae::media::hls
