// Bytes to a request: the scanner, the head and the body, whole and cut in two.
#include <cstdlib>
#include <string>

#include "net/http/body_reader.hpp"
#include "net/http/head.hpp"
#include "net/http/head_scanner.hpp"

namespace {

using namespace ae::http;

constexpr std::uint64_t kLimit = 4096;

void require(bool condition) {
    if (!condition) std::abort();
}

struct Read {
    BodyReader::State state = BodyReader::State::need_more;
    std::string body;
    std::size_t left = 0;
    bool operator==(const Read&) const = default;
};

Read read_body(std::string_view head, std::string_view bytes, std::size_t cut) {
    BodyReader reader{head, kLimit};
    Read read;
    std::string kept{bytes.substr(0, cut)};
    std::string_view input = kept;
    read.state = reader.feed(input);
    if (read.state == BodyReader::State::need_more) {
        kept = std::string{input} + std::string{bytes.substr(cut)};
        input = kept;
        read.state = reader.feed(input);
    } else {
        kept = std::string{input} + std::string{bytes.substr(cut)};
        input = kept;
    }
    read.left = input.size();
    read.body = reader.take();
    return read;
}

void check_body(std::string_view head_bytes, const Head& head, std::string_view rest, std::size_t cut) {
    if (head.framing == Framing::none || (head.framing == Framing::length && (head.content_length == 0 || head.content_length > kLimit))) return;
    const Read whole = read_body(head_bytes, rest, rest.size());
    require(whole.body.size() <= kLimit);
    if (whole.state == BodyReader::State::complete && head.framing == Framing::length) require(whole.body.size() == head.content_length);
    const Read halves = read_body(head_bytes, rest, cut % (rest.size() + 1));
    require((whole.state == BodyReader::State::complete) == (halves.state == BodyReader::State::complete));
    if (whole.state == BodyReader::State::complete) require(whole == halves);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1 || size > 32 * 1024) return 0;
    const std::size_t cut = data[0];
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};

    HeadScanner whole, halves;
    const auto state = whole.feed(bytes);
    auto cut_state = halves.feed(bytes.substr(0, cut % (bytes.size() + 1)));
    if (cut_state == HeadScanner::State::need_more) cut_state = halves.feed(bytes);
    require(state == cut_state && whole.seen() == halves.seen() && whole.reason() == halves.reason());
    if (state != HeadScanner::State::complete) return 0;

    FieldList fields;
    Head head;
    const auto head_bytes = bytes.substr(0, whole.size());
    if (const auto refusal = parse_head(head_bytes, fields, head)) {
        require(refusal->status >= 400 && refusal->status < 600 && !refusal->reason.empty());
        return 0;
    }
    require(!head.target.empty());
    for (const HeadField& field : fields) {
        require(!field.name.empty() && field.name.find_first_of(" \t:\r\n") == std::string_view::npos);
        require(field.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos);
    }
    check_body(head_bytes, head, bytes.substr(whole.size()), cut);
    return 0;
}
