// A publisher that speaks well-formed RTMP and says anything: commands in any order, tags of any kind, chunks of any size. The input
// is the script. A second session beside it, fed a fixed publish, must not notice.
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <cstdlib>

#include "media/rtmp/testing.hpp"

namespace {

using namespace ae;
using namespace ae::media;
using namespace ae::media::rtmp;

constexpr std::array kCommands{"connect",      "createStream", "publish", "play",     "releaseStream", "FCPublish",       "FCUnpublish",
                               "deleteStream", "closeStream",  "_result", "_checkbw", "pause",         "getStreamLength", "@setDataFrame"};

amf::Value any_value(FuzzedDataProvider& script) {
    switch (script.ConsumeIntegralInRange(0, 5)) {
        case 0: return amf::null();
        case 1: return amf::number(script.ConsumeFloatingPoint<double>());
        case 2: return amf::text(script.ConsumeRandomLengthString(40));
        case 3: return amf::text("abcdef");
        case 4: {
            auto object = amf::object();
            object.add("app", amf::text("live")).add("capsEx", amf::number(script.ConsumeIntegral<std::uint8_t>()));
            return object;
        }
        default: return amf::boolean(true);
    }
}

Bytes any_tag(FuzzedDataProvider& script) {
    switch (script.ConsumeIntegralInRange(0, 5)) {
        case 0: return testing::avc_header_tag();
        case 1: return testing::avc_frame_tag(script.ConsumeBool(), script.ConsumeIntegralInRange<std::size_t>(1, 400));
        case 2: return testing::aac_header_tag();
        case 3: return testing::aac_frame_tag(script.ConsumeIntegralInRange<std::size_t>(0, 40));
        default: {
            const auto text = script.ConsumeRandomLengthString(60);
            return {text.begin(), text.end()};
        }
    }
}

void say_something(FuzzedDataProvider& script, testing::Pair& pair) {
    const auto stream = script.ConsumeIntegralInRange<std::uint32_t>(0, 2);
    switch (script.ConsumeIntegralInRange(0, 4)) {
        case 0: {
            const auto* name = script.PickValueInArray(kCommands);
            pair.send(MessageType::command_amf0,
                      write_command(name, script.ConsumeIntegralInRange(0, 9), {any_value(script), any_value(script), any_value(script)}), 0, stream);
            break;
        }
        case 1: pair.send(MessageType::video, any_tag(script), script.ConsumeIntegral<std::uint32_t>(), stream); break;
        case 2: pair.send(MessageType::audio, any_tag(script), script.ConsumeIntegral<std::uint32_t>(), stream); break;
        case 3: {
            const auto body = script.ConsumeRandomLengthString(20);
            pair.send(static_cast<MessageType>(script.ConsumeIntegral<std::uint8_t>()), Bytes(body.begin(), body.end()), 0, stream);
            break;
        }
        default: {
            const auto raw = script.ConsumeRandomLengthString(30);
            pair.feed(as_bytes(raw));
            break;
        }
    }
    if (pair.session.waits_for_answer()) {
        if (script.ConsumeBool()) pair.session.accept_publish();
        else pair.session.refuse({Errc::unauthorized, "stream_key_unknown", "No."});
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kUndisturbed = testing::record_publish(1'000);
    FuzzedDataProvider script{data, size};
    testing::Pair pair{{.key = "abcdef"}, {.play = script.ConsumeBool()}};
    pair.advance(script.ConsumeIntegralInRange(0, 4));
    std::int64_t last = -1;
    while (script.remaining_bytes() > 0 && !pair.session.closed()) {
        say_something(script, pair);
        pair.session.output().clear();
        for (const auto& frame : pair.frames) {
            if (frame->format->kind != MediaKind::video || frame->track != 0) continue;
            if (frame->dts <= last) std::abort();
            last = frame->dts;
        }
        pair.frames.clear();
        if (!pair.session.publishing()) last = -1;
    }
    static int sessions = 0;
    if (++sessions % 1'000 == 0 && testing::record_publish(1'000) != kUndisturbed) std::abort();
    return 0;
}
