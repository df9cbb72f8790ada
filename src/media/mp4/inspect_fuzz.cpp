// Any bytes: the reader of fragments answers or refuses, and every view it gives lies inside what it was given.
#include <cstdlib>

#include "media/mp4/inspect.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ae::BytesView bytes{data, size};
    if (const auto fragments = ae::media::mp4::read_fragments(bytes)) {
        for (const auto& fragment : *fragments) {
            for (const auto& run : fragment.runs) {
                for (const auto& sample : run.samples) {
                    if (sample.payload.data() < data || sample.payload.data() + sample.payload.size() > data + size) std::abort();
                }
            }
        }
    }
    (void)ae::media::mp4::read_init_segment(bytes);
    return 0;
}
