#include "media/hls/snapshot.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ae::media::hls {

namespace {

/// How far beyond the last media sequence number a playlist request may look (rfc8216bis section 6.2.5.2).
constexpr std::uint64_t kMostSegmentsAhead = 2;
constexpr std::size_t kPlayableParts = 3;

/// The Advance Part Limit of the same section.
std::uint64_t most_parts_ahead(double part_target) { return part_target < 1 ? static_cast<std::uint64_t>(std::ceil(3 / part_target)) : 3; }

struct MediaName {
    std::uint64_t number = 0;
    std::optional<std::uint64_t> part = {};
    bool init = false;
};

/// Takes a decimal number without leading zeros: one name for each thing.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    const auto length = static_cast<std::size_t>(end - text.data());
    if (length > 1 && text.front() == '0') return std::nullopt;
    text.remove_prefix(length);
    return value;
}

bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

std::optional<MediaName> parse_name(std::string_view text) {
    MediaName name;
    name.init = take(text, "init-");
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    name.number = *number;
    if (name.init) return text == ".mp4" ? std::optional{name} : std::nullopt;
    if (text == ".m4s") return name;
    if (!take(text, ".")) return std::nullopt;
    name.part = take_number(text);
    if (!name.part || text != ".m4s") return std::nullopt;
    return name;
}

FoundMedia one_piece(const SharedBytes& bytes, bool init) {
    if (!bytes) return {};  // a gap: nothing was ever there
    return FoundMedia{.state = FoundMedia::State::ready, .init = init, .rope = {bytes}};
}

FoundMedia find_init(const RenditionView& view, std::uint64_t number) {
    const auto matches = [&](const SegmentHeadPtr& head) { return head && head->init && head->init->number == number; };
    if (matches(view.open)) return one_piece(view.open->init->bytes, true);
    for (const auto& segment : *view.segments) {
        if (matches(segment->head)) return one_piece(segment->head->init->bytes, true);
    }
    return {};
}

FoundMedia whole(const Segment& segment) {
    FoundMedia found{.state = FoundMedia::State::ready};
    for (const auto& part : segment.parts) {
        if (part->bytes) found.rope.push_back(part->bytes);
    }
    if (found.rope.empty()) found.state = FoundMedia::State::unknown;
    return found;
}

const Segment* closed_segment(const RenditionView& view, std::uint64_t msn) {
    if (view.segments->empty()) return nullptr;
    const auto first = view.segments->front()->head->msn;
    if (msn < first || msn - first >= view.segments->size()) return nullptr;
    return (*view.segments)[msn - first].get();
}

}  // namespace

const RenditionView* Snapshot::find(std::string_view rendition) const {
    const auto at = std::ranges::find_if(renditions, [&](const auto& view) { return view.format->id == rendition; });
    return at == renditions.end() ? nullptr : &*at;
}

Availability Snapshot::at(std::string_view rendition, std::uint64_t msn, std::optional<std::uint64_t> part) const {
    const auto* view = find(rendition);
    if (view == nullptr) return Availability::unknown;
    if (ended) return Availability::ready;
    auto index = part.value_or(0);
    if (msn < open_msn) {
        const auto* segment = closed_segment(*view, msn);
        // A part after a segment's last is the first of the next segment (section 6.2.5.2).
        if (segment == nullptr || index < segment->parts.size() || msn + 1 < open_msn) return Availability::ready;
        ++msn;
        index = 0;
    }
    // `open_msn` is the last whole segment's number plus one.
    if (msn - open_msn + 1 > kMostSegmentsAhead) return Availability::too_far;
    const auto next = msn == open_msn ? open_part : 0;
    if (index < next) return Availability::ready;
    return index - next >= most_parts_ahead(part_target) ? Availability::too_far : Availability::wait;
}

FoundMedia Snapshot::find_media(std::string_view rendition, std::string_view name) const {
    const auto* view = find(rendition);
    const auto wanted = parse_name(name);
    if (view == nullptr || !wanted) return {};
    if (wanted->init) return find_init(*view, wanted->number);

    const auto msn = wanted->number;
    if (const auto* segment = closed_segment(*view, msn)) {
        if (!wanted->part) return whole(*segment);
        return *wanted->part < segment->parts.size() ? one_piece(segment->parts[*wanted->part]->bytes, false) : FoundMedia{};
    }
    if (msn < open_msn) {
        const bool existed = msn >= view->first_msn;
        return FoundMedia{.state = existed ? FoundMedia::State::gone : FoundMedia::State::unknown};
    }
    if (msn != open_msn || !wanted->part) return {};
    if (*wanted->part < view->open_parts.size()) return one_piece(view->open_parts[*wanted->part]->bytes, false);
    const bool hinted = *wanted->part == open_part && !ended;
    return FoundMedia{.state = hinted ? FoundMedia::State::wait : FoundMedia::State::unknown};
}

bool Snapshot::playable() const {
    if (renditions.empty()) return false;
    const auto& main = renditions.front();
    const auto has_media = [](const SegmentPtr& segment) { return !segment->gap; };
    return main.open_parts.size() >= kPlayableParts || std::ranges::any_of(*main.segments, has_media);
}

}  // namespace ae::media::hls
