// The chunk stream and everything above it: raw bytes after the handshake, given whole and given in pieces. Both must make the
// same of it.
#include <cstdlib>

#include "media/rtmp/testing.hpp"

namespace {

using namespace ae;
using namespace ae::media;
using namespace ae::media::rtmp;

struct Heard {
    std::size_t frames = 0, drops = 0, asked = 0;
    std::string_view closed = {};
};

Heard hear(BytesView bytes, std::size_t piece, bool lets_in) {
    testing::SeededRandom random;
    ServerSession session{{.play = true}, random};
    std::vector<Event> events;
    Bytes pending;
    const auto give = [&](BytesView more) {
        pending.insert(pending.end(), more.begin(), more.end());
        for (bool again = true; again;) {
            const auto taken = session.feed(pending, {}, events);
            pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(taken));
            again = session.waits_for_answer();
            if (!again) continue;
            const bool plays = std::holds_alternative<PlayAsked>(events.back());
            if (!lets_in) session.refuse({Errc::unauthorized, "stream_key_unknown", "No."});
            else if (plays) session.accept_play();
            else session.accept_publish();
        }
    };
    Bytes hello;
    ClientHandshake client{HandshakeForm::simple, random, hello};
    hello.resize(1 + 2 * kHandshakeBytes);
    give(hello);
    session.output().clear();
    for (std::size_t at = 0; at < bytes.size(); at += piece) give(bytes.subspan(at, std::min(piece, bytes.size() - at)));

    Heard heard;
    for (const auto& event : events) {
        heard.frames += std::holds_alternative<FramePtr>(event);
        heard.drops += std::holds_alternative<Dropped>(event);
        heard.asked += std::holds_alternative<PublishAsked>(event);
        if (const auto* closed = std::get_if<Closed>(&event)) heard.closed = closed->reason;
    }
    return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const BytesView bytes{data + 1, size - 1};
    const bool lets_in = (data[0] & 1) != 0;
    const auto whole = hear(bytes, bytes.size(), lets_in);
    const auto pieces = hear(bytes, 1 + (data[0] >> 1) % 40u, lets_in);
    if (whole.frames != pieces.frames || whole.drops != pieces.drops || whole.asked != pieces.asked || whole.closed != pieces.closed) std::abort();
    return 0;
}
