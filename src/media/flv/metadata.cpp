#include "media/flv/metadata.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "media/flv/amf0.hpp"

namespace ae::media::flv {

namespace {

constexpr std::size_t kMaxTextBytes = 128;
constexpr double kMaxSize = 65'535, kMaxRate = 1'000, kMaxKbps = 10'000'000;

double bounded(const amf::Value* value, double most) {
    const double number = amf::to_number(value);
    return number > 0 && number <= most ? number : 0;
}

std::uint32_t whole(const amf::Value* value, double most) { return static_cast<std::uint32_t>(bounded(value, most)); }

bool printable(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c >= ' ' && c != 127; });
}

// A number of FLV's table, a word, or (OBS) the FourCC as a number.
std::string codec_word(const amf::Value* value) {
    if (auto word = amf::to_text(value); !word.empty()) return printable(word) ? word.substr(0, kMaxTextBytes) : std::string{};
    const double number = amf::to_number(value);
    if (number == 7) return "avc1";
    if (number == 10) return "mp4a";
    if (number < 0x20202020 || number > 0x7f7f7f7f) return number > 0 && number < 256 ? fmt::format("{:.0f}", number) : std::string{};
    const auto code = static_cast<std::uint32_t>(number);
    std::string word;
    for (int shift = 24; shift >= 0; shift -= 8) word += static_cast<char>(code >> shift & 0x7f);
    return printable(word) ? word : std::string{};
}

Metadata from_object(const amf::Value& object) {
    Metadata data;
    if (auto encoder = amf::to_text(object.find("encoder")); printable(encoder)) data.encoder = encoder.substr(0, kMaxTextBytes);
    data.video_codec = codec_word(object.find("videocodecid"));
    data.audio_codec = codec_word(object.find("audiocodecid"));
    data.width = whole(object.find("width"), kMaxSize);
    data.height = whole(object.find("height"), kMaxSize);
    data.frame_rate = bounded(object.find("framerate"), kMaxRate);
    if (data.frame_rate == 0) data.frame_rate = bounded(object.find("fps"), kMaxRate);
    data.video_kbps = bounded(object.find("videodatarate"), kMaxKbps);
    data.audio_kbps = bounded(object.find("audiodatarate"), kMaxKbps);
    data.audio_sample_rate = whole(object.find("audiosamplerate"), 768'000);
    data.channels = whole(object.find("audiochannels"), 64);
    const auto* stereo = object.find("stereo");
    if (data.channels == 0 && stereo != nullptr) data.channels = amf::to_number(stereo) != 0 ? 2 : 1;
    return data;
}

}  // namespace

Result<std::optional<Metadata>> parse_metadata(BytesView body) {
    amf::Amf0Reader reader{body};
    bool named = false;
    while (!reader.done()) {
        auto value = reader.next();
        if (!value) return value.error();
        if (value->is_text()) {
            const auto word = amf::to_text(&*value);
            if (word != "@setDataFrame" && word != "onMetaData") return std::optional<Metadata>{};
            named |= word == "onMetaData";
        }
        if (value->has_names()) return named ? std::optional{from_object(*value)} : std::nullopt;
    }
    return std::optional<Metadata>{};
}

Bytes write_metadata(const Metadata& metadata) {
    auto object = amf::ecma_array();
    const auto put = [&object](const char* name, double value) {
        if (value > 0) object.add(name, amf::number(value));
    };
    put("width", metadata.width);
    put("height", metadata.height);
    put("framerate", metadata.frame_rate);
    put("videodatarate", metadata.video_kbps);
    put("audiodatarate", metadata.audio_kbps);
    put("audiosamplerate", metadata.audio_sample_rate);
    put("audiochannels", metadata.channels);
    if (metadata.video_codec == "avc1") object.add("videocodecid", amf::number(7));
    if (metadata.audio_codec == "mp4a") object.add("audiocodecid", amf::number(10));
    if (!metadata.encoder.empty()) object.add("encoder", amf::text(metadata.encoder));
    Bytes out;
    amf::write_amf0(out, amf::text("onMetaData"));
    amf::write_amf0(out, object);
    return out;
}

}  // namespace ae::media::flv
