// A token that is accepted is one that was made here.
#include <cstdlib>

#include "live/playback_token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ae::live::PlaybackTokens tokens{ae::Secret{std::string(32, 's')}};
    const std::string text{reinterpret_cast<const char*>(data), size};
    if (tokens.open("stream", text)) std::abort();
    return 0;
}
