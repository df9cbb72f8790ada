// Bytes to messages, whole and cut in two; what was read is written back the same.
#include <cstdlib>
#include <vector>

#include "media/job/message.hpp"

namespace {

using namespace ae;
using namespace ae::media::job;

void require(bool condition) {
    if (!condition) std::abort();
}

std::vector<Message> read(BytesView bytes, std::size_t cut, bool& broken) {
    MessageReader reader;
    std::vector<Message> all;
    for (const auto piece : {bytes.first(cut), bytes.subspan(cut)}) {
        reader.feed(piece);
        while (auto message = reader.next()) all.push_back(std::move(*message));
    }
    broken = reader.broken();
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const BytesView bytes{data + 1, size - 1};
    bool broken = false, cut_broken = false;
    const auto whole = read(bytes, bytes.size(), broken);
    require(whole == read(bytes, data[0] % (bytes.size() + 1), cut_broken) && broken == cut_broken);
    Bytes again;
    for (const auto& message : whole) {
        const auto one = message_bytes(message.kind, message.body);
        again.insert(again.end(), one.begin(), one.end());
    }
    require(again.size() <= bytes.size() && as_text(bytes.first(again.size())) == as_text(again));
    return 0;
}
