#include "media/workbench/serve.hpp"

#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "media/job/message.hpp"
#include "media/workbench/encode.hpp"
#include "media/workbench/sandbox.hpp"

extern "C" {
#include <libavutil/log.h>
}

namespace ae::media::workbench {

namespace {

using job::MessageKind;

bool send_blocking(MessageKind kind, BytesView body) {
    const auto bytes = job::message_bytes(kind, body);
    BytesView left{bytes};
    while (!left.empty()) {
        const auto sent = ::write(kChannel, left.data(), left.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        left = left.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

std::uint64_t cpu_seconds_used() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<std::uint64_t>(used.tv_sec);
}

/// Whether there may be another job.
bool answer_blocking(const Work& work, BytesView body, std::uint64_t cpu_seconds) {
    const auto done = work(body);
    const bool last = cpu_seconds_used() >= cpu_seconds;
    // Said first, so that the server sends no job into the ending.
    if (last && !send_blocking(MessageKind::parting, {})) return false;
    if (done) return send_blocking(MessageKind::done, *done) && !last;
    const Bytes fault{static_cast<std::uint8_t>(done.error())};
    return send_blocking(MessageKind::failed, fault) && !last;
}

/// Answers whatever is complete. False: the program ends, with `code`.
bool answer_all(const Work& work, job::MessageReader& reader, std::uint64_t cpu_seconds, int& code) {
    while (const auto message = reader.next()) {
        if (message->kind != MessageKind::job) {
            code = 1;
            return false;
        }
        if (!answer_blocking(work, message->body, cpu_seconds)) return false;
    }
    if (reader.broken()) code = 1;
    return !reader.broken();
}

std::uint64_t number(const char* text) {
    const std::string_view digits{text};
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

int complain(const std::string& what) {
    std::fprintf(stderr, "aethex-worker: %s\n", what.c_str());
    return 3;
}

bool has_channel() {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(kChannel, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

}  // namespace

int serve_blocking(const Work& work, std::uint64_t cpu_seconds) {
    Bytes version;
    ByteWriter{version}.u16(job::kProtocolVersion);
    if (!send_blocking(MessageKind::ready, version)) return 0;
    job::MessageReader reader;
    Bytes chunk(std::size_t{1} << 18);
    int code = 0;
    while (true) {
        const auto got = ::read(kChannel, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        reader.feed(BytesView{chunk}.first(static_cast<std::size_t>(got)));
        if (!answer_all(work, reader, cpu_seconds, code)) return code;
    }
}

bool warm_up() {
    for (const auto id : {AV_CODEC_ID_PNG, AV_CODEC_ID_MJPEG, AV_CODEC_ID_WEBP, AV_CODEC_ID_GIF, AV_CODEC_ID_H264}) {
        if (avcodec_find_decoder(id) == nullptr) return false;
    }
    auto canvas = Canvas::blank({16, 16});
    if (!canvas) return false;
    canvas->flatten();
    const auto webp = encode_webp(*canvas);
    const auto jpeg = encode_jpeg(*canvas);
    return webp && jpeg && decode_picture(*webp, 256) && decode_picture(*jpeg, 256);
}

int run_program_blocking(int argc, char** argv, const Work& work) {
    SandboxLimits limits;
    if (argc != 3) return complain("the server starts this program; it does nothing by hand");
    limits.memory_bytes = number(argv[1]);
    limits.cpu_seconds = number(argv[2]);
    if (limits.memory_bytes == 0 || limits.cpu_seconds == 0) return complain("MEMORY_BYTES and CPU_SECONDS are whole numbers above zero");
    if (!has_channel()) return complain("descriptor 3 is no socket");
    av_log_set_level(AV_LOG_QUIET);
    if (!warm_up()) return complain("libav lacks a codec for PNG, JPEG, WebP, GIF or H.264");
    if (const auto failure = enter_sandbox(limits); !failure.empty()) return complain("no sandbox: " + failure);
    return serve_blocking(work, limits.cpu_seconds / 2);
}

}  // namespace ae::media::workbench
