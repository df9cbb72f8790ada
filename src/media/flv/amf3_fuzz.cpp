// AMF3: what was read can be written and read again, and is the same.
#include <cstdlib>

#include "media/flv/amf3.hpp"

namespace {

using namespace ae::media;

ae::Bytes written(const amf::Value& value) {
    ae::Bytes out;
    amf::write_amf3(out, value);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    amf::Amf3Reader reader{{data, size}};
    while (!reader.done()) {
        const auto value = reader.next();
        if (!value) break;
        const auto once = written(*value);
        // Written in full, what references unfolded to may be more than one reader takes.
        const auto again = amf::Amf3Reader{once, {.depth = 64, .values = 1'000'000}}.next();
        if (again && written(*again) != once) std::abort();
        if (!again && again.error().reason != "amf_too_large") std::abort();
    }
    return 0;
}
