// Bytes to the head of a picture.
#include <cstdlib>

#include "media/job/picture_head.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::media::job;
    const ae::BytesView bytes{data, size};
    const auto head = read_picture_head(bytes);
    if (head && (head->size.width == 0 || head->size.height == 0)) std::abort();
    const auto refused = refusal_of(bytes, 1'000'000);
    if (!refused && (!head || head->pixels() > 1'000'000)) std::abort();
    return 0;
}
