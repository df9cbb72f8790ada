// AudioSpecificConfig: what is accepted can be counted in.
#include <cstdlib>

#include "media/codec/aac.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ae::BytesView bytes{data, size};
    const auto config = ae::media::aac::parse_asc(bytes);
    if (!config) return 0;
    if (config->sample_rate < 7'350 || config->sample_rate > 192'000 || config->channels == 0 || config->channels > 17) std::abort();
    const auto samples = config->samples_per_frame;
    if (samples != 960 && samples != 1024 && samples != 1920 && samples != 2048) std::abort();
    const auto format = ae::media::aac::make_format(*config, bytes);
    if (format.timescale.per_second != config->sample_rate || !format.codecs.starts_with("mp4a.40.")) std::abort();
    return 0;
}
