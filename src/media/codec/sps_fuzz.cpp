// The H.264 sequence parameter set: whatever it says, the picture has a size that fits its bounds.
#include <cstdlib>

#include "media/codec/h264_sps.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto sps = ae::media::h264::parse_sps({data, size});
    if (!sps) return 0;
    if (sps->width == 0 || sps->height == 0 || sps->width > 16'384 || sps->height > 16'384) std::abort();
    if (!(sps->frame_rate >= 0 && sps->frame_rate <= 1'000)) std::abort();
    // Emulation prevention behind the parameter set changes nothing about it.
    ae::Bytes longer(data, data + size);
    longer.push_back(0x80);
    const auto again = ae::media::h264::parse_sps(longer);
    if (again && (again->width != sps->width || again->height != sps->height)) std::abort();
    return 0;
}
