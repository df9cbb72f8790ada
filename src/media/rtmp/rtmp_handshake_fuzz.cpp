// The handshake, and whatever comes before and instead of it.
#include <cstdlib>

#include "media/rtmp/testing.hpp"

using namespace ae;
using namespace ae::media::rtmp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    testing::SeededRandom random;
    ServerHandshake server{random};
    Bytes block(data, data + size);
    // Most inputs should reach the digests: short ones are filled up.
    if (!block.empty() && block[0] == 3) block.resize(std::max<std::size_t>(block.size(), 1 + 2 * kHandshakeBytes), block.back());
    BytesView in{block};
    Bytes out;
    while (!server.done()) {
        const auto taken = server.feed(in, out);
        if (!taken || *taken == 0) break;
        in = in.subspan(*taken);
    }
    if (out.size() != 0 && out.size() != 1 + 2 * kHandshakeBytes) std::abort();
    if (server.done() && in.size() + 1 + 2 * kHandshakeBytes != block.size()) std::abort();

    Bytes hello, reply;
    ClientHandshake client{static_cast<HandshakeForm>(size % 3), random, hello};
    (void)client.feed(block, reply);
    return 0;
}
