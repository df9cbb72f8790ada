// Bytes to jobs and answers; whatever is understood is written back as the same bytes.
#include <cstdlib>

#include "media/job/job.hpp"

namespace {

using namespace ae;
using namespace ae::media::job;

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes{data, size};
    if (const auto job = picture_job_from(bytes)) require(as_text(BytesView{to_bytes(*job)}.subspan(1)) == as_text(bytes));
    if (const auto job = keyframe_job_from(bytes)) require(as_text(BytesView{to_bytes(*job)}.subspan(1)) == as_text(bytes));
    if (const auto renditions = renditions_from(bytes)) {
        require(renditions->all.size() <= kMostSizes);
        require(as_text(to_bytes(*renditions)) == as_text(bytes));
    }
    return 0;
}
