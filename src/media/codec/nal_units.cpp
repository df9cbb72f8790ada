#include "media/codec/nal_units.hpp"

namespace ae::media {

namespace {

void note_h264(std::uint8_t header, AccessUnit& unit) {
    const auto type = header & 31;
    unit.picture |= type >= 1 && type <= 5;
    unit.idr |= type == 5;
}

void note_hevc(std::uint8_t header, AccessUnit& unit) {
    const auto type = header >> 1 & 63;
    unit.picture |= type < 32;
    unit.idr |= type == 19 || type == 20;
}

struct Walk {
    AccessUnit unit;
    std::size_t units = 0;
    bool has_empty = false;
    bool sound = true;
};

Walk walk(BytesView payload, unsigned length_size, Codec codec, Bytes* rewritten) {
    Walk result;
    std::size_t at = 0;
    while (at < payload.size()) {
        if (payload.size() - at < length_size) return {.unit = {}, .units = 0, .has_empty = false, .sound = false};
        std::size_t length = 0;
        for (unsigned i = 0; i < length_size; ++i) length = length << 8 | payload[at + i];
        at += length_size;
        if (length > payload.size() - at) return {.unit = {}, .units = 0, .has_empty = false, .sound = false};
        if (length == 0) {
            result.has_empty = true;
            continue;
        }
        ++result.units;
        codec == Codec::hevc ? note_hevc(payload[at], result.unit) : note_h264(payload[at], result.unit);
        if (rewritten != nullptr) ByteWriter{*rewritten}.u32(length).bytes(payload.subspan(at, length));
        at += length;
    }
    return result;
}

}  // namespace

Result<AccessUnit> normalise_access_unit(Bytes& payload, unsigned length_size, Codec codec) {
    const Error wrong{Errc::invalid, "nal_length_wrong", "A video frame's NAL lengths do not add up."};
    auto seen = walk(payload, length_size, codec, nullptr);
    if (!seen.sound || seen.units == 0) return wrong;
    if (length_size == 4 && !seen.has_empty) return seen.unit;

    Bytes rewritten;
    rewritten.reserve(payload.size() + seen.units * 4);
    seen = walk(payload, length_size, codec, &rewritten);
    payload = std::move(rewritten);
    return seen.unit;
}

}  // namespace ae::media
