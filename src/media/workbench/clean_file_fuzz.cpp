// Bytes to a file that a decoder may see: never longer than it was by more than a header.
#include <cstdlib>

#include "media/workbench/clean_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::media;
    const ae::BytesView bytes{data, size};
    const auto head = job::read_picture_head(bytes);
    if (!head) return 0;
    const int orientation = workbench::orientation_of(head->type, bytes);
    if (orientation < 1 || orientation > 8) std::abort();
    const auto clean = workbench::clean_file(head->type, bytes);
    if (clean && clean->size() > size + 64) std::abort();
    return 0;
}
