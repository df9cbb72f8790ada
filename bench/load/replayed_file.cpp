#include "load/replayed_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "load/socket.hpp"
#include "media/rtmp/publisher.hpp"

namespace ae::bench {

namespace {

bool is_header(const media::flv::FileTag& tag) {
    if (tag.type == media::flv::TagType::script) return true;
    return tag.body.size() > 1 && static_cast<unsigned>(tag.body[1]) == 0;  // a sequence header, of H.264 and of AAC alike
}

}  // namespace

ReplayedFile::ReplayedFile(const std::string& path, std::uint32_t chunk_size) : chunk_size_{chunk_size} {
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    file_.assign(text.begin(), text.end());
    auto reader = media::flv::FileReader::open(file_);
    if (!reader) fail(fmt::format("{} is no FLV file.", path));
    while (const auto tag = reader->next()) tags_.push_back(*tag);
    if (tags_.empty()) fail(fmt::format("{} is empty.", path));
    std::ranges::stable_sort(tags_, {}, &media::flv::FileTag::timestamp_ms);
    lap_ms_ = tags_.back().timestamp_ms + 33;
}

std::shared_ptr<const ReplayedFile::Lap> ReplayedFile::lap(std::uint32_t number) {
    auto& known = laps_[number];
    if (!known) known = render(number);
    auto wanted = known;
    while (laps_.size() > 3) laps_.erase(laps_.begin());
    return wanted;
}

std::shared_ptr<const ReplayedFile::Lap> ReplayedFile::render(std::uint32_t number) const {
    auto lap = std::make_shared<Lap>();
    for (const auto& tag : tags_) {
        if (number > 0 && is_header(tag)) continue;
        const std::uint32_t at_ms = tag.timestamp_ms + number * lap_ms_;
        Tag made{at_ms, {}};
        media::rtmp::Publisher::write_tag(made.bytes, chunk_size_, tag.type, at_ms, tag.body);
        lap->push_back(std::move(made));
    }
    return lap;
}

}  // namespace ae::bench
