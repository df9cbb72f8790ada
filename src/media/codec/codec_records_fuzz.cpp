// Decoder records and access units. The first byte says which.
#include <cstdlib>

#include "media/codec/h264_config.hpp"
#include "media/codec/nal_units.hpp"
#include "media/codec/records.hpp"

namespace {

using namespace ae;
using namespace ae::media;

void check(const Result<TrackFormat>& format) {
    if (format && (format->codecs.empty() || format->timescale.per_second == 0)) std::abort();
}

void check_avcc(BytesView bytes) {
    const auto config = h264::parse_avcc(bytes);
    if (!config) return;
    const auto format = h264::make_format(*config, bytes);
    const auto again = h264::parse_avcc(format.decoder_config);
    if (!again || again->length_size != 4 || again->sps != config->sps || again->pps != config->pps) std::abort();
}

void check_access_unit(BytesView bytes, unsigned length_size, Codec codec) {
    Bytes payload(bytes.begin(), bytes.end());
    const auto seen = normalise_access_unit(payload, length_size, codec);
    if (!seen) return;
    // What was normalised is normal.
    auto again = payload;
    const auto same = normalise_access_unit(again, 4, codec);
    if (!same || again != payload || same->idr != seen->idr || same->picture != seen->picture) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const BytesView bytes{data + 1, size - 1};
    switch (data[0] % 10) {
        case 0: check_avcc(bytes); break;
        case 1: check(parse_hvcc(bytes)); break;
        case 2: check(parse_av1c(bytes)); break;
        case 3: check(parse_vpcc(bytes)); break;
        case 4: check(parse_opus_head(bytes)); break;
        case 5: check(parse_flac(bytes)); break;
        case 6: check_access_unit(bytes, 1, Codec::h264); break;
        case 7: check_access_unit(bytes, 2, Codec::h264); break;
        case 8: check_access_unit(bytes, 4, Codec::h264); break;
        default: check_access_unit(bytes, 4, Codec::hevc); break;
    }
    return 0;
}
