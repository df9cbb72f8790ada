// AMF0: what was read can be written and read again, and is the same.
#include <cstdlib>

#include "media/flv/amf0.hpp"
#include "media/flv/metadata.hpp"

namespace {

using namespace ae::media;

// NaN is not equal to itself, so what is compared is how values are written.
ae::Bytes written(const amf::Value& value) {
    ae::Bytes out;
    amf::write_amf0(out, value);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ae::BytesView bytes{data, size};
    amf::Amf0Reader reader{bytes};
    while (!reader.done()) {
        const auto value = reader.next();
        if (!value) break;
        const auto once = written(*value);
        const auto again = amf::Amf0Reader{once}.next();
        if (!again || written(*again) != once) std::abort();
    }
    (void)flv::parse_metadata(bytes);
    return 0;
}
