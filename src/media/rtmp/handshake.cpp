#include "media/rtmp/handshake.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace ae::media::rtmp {

namespace {

constexpr std::uint8_t kVersion = 3;
constexpr std::size_t kDigestBytes = 32;
constexpr std::string_view kClientName = "Genuine Adobe Flash Player 001";
constexpr std::string_view kServerName = "Genuine Adobe Flash Media Server 001";
// What both names continue with where the whole key is wanted (for the second digest of each side).
constexpr std::string_view kKeyTail{
    "\xf0\xee\xc2\x4a\x80\x68\xbe\xe8\x2e\x00\xd0\xd1\x02\x9e\x7e\x57\x6e\xec\x5d\x2d\x29\x80\x6f\xab\x93\xb8\xe6\x36\xcf\xeb\x31\xae", 32};

Secret short_key(std::string_view name) { return Secret{std::string{name}}; }
Secret long_key(std::string_view name) { return Secret{std::string{name} + std::string{kKeyTail}}; }

// Where the digest is: the sum of four bytes, modulo the room there is, behind them.
std::size_t digest_offset(BytesView block, HandshakeForm form) {
    const std::size_t pointer = form == HandshakeForm::digest_at_8 ? 8 : 772;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < 4; ++i) sum += block[pointer + i];
    return sum % 728 + pointer + 4;
}

Bytes digest_of(BytesView block, std::size_t offset, const Secret& key) {
    Bytes joined(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(offset));
    joined.insert(joined.end(), block.begin() + static_cast<std::ptrdiff_t>(offset + kDigestBytes), block.end());
    return crypto::hmac_sha256(key, joined);
}

bool digest_holds(BytesView block, HandshakeForm form, const Secret& key) {
    const auto offset = digest_offset(block, form);
    return std::ranges::equal(digest_of(block, offset, key), block.subspan(offset, kDigestBytes));
}

void put_digest(std::span<std::uint8_t> block, HandshakeForm form, const Secret& key) {
    const auto offset = digest_offset(block, form);
    std::ranges::copy(digest_of(block, offset, key), block.begin() + static_cast<std::ptrdiff_t>(offset));
}

// The second digest of a side covers the block's first 1504 bytes, with a key made from the other side's digest.
Bytes answer_digest(BytesView block, BytesView other_digest, const Secret& key) {
    const auto made = crypto::hmac_sha256(key, other_digest);
    return crypto::hmac_sha256(Secret{std::string{as_text(made)}}, block.first(kHandshakeBytes - kDigestBytes));
}

HandshakeForm recognise(BytesView c1) {
    // A client without digests leaves its version zero; one that does not may still carry none.
    if (std::ranges::all_of(c1.subspan(4, 4), [](auto byte) { return byte == 0; })) return HandshakeForm::simple;
    const auto key = short_key(kClientName);
    for (const auto form : {HandshakeForm::digest_at_772, HandshakeForm::digest_at_8}) {
        if (digest_holds(c1, form, key)) return form;
    }
    return HandshakeForm::simple;
}

BytesView digest_in(BytesView block, HandshakeForm form) { return block.subspan(digest_offset(block, form), kDigestBytes); }

}  // namespace

void ServerHandshake::answer(BytesView c1, Bytes& out) {
    form_ = recognise(c1);
    out.push_back(kVersion);
    const auto begin = out.size();
    out.resize(begin + 2 * kHandshakeBytes);
    const auto s1 = std::span{out}.subspan(begin, kHandshakeBytes);
    const auto s2 = std::span{out}.subspan(begin + kHandshakeBytes, kHandshakeBytes);
    std::ranges::fill(s1.first(8), std::uint8_t{0});
    random_.fill(s1.subspan(8));
    if (form_ == HandshakeForm::simple) {
        std::ranges::copy(c1, s2.begin());
        return;
    }
    // A version of 3 or more tells ffmpeg that digests follow.
    s1[4] = 4;
    s1[5] = 5;
    s1[7] = 1;
    put_digest(s1, form_, short_key(kServerName));
    random_.fill(s2.first(kHandshakeBytes - kDigestBytes));
    std::ranges::copy(answer_digest(s2, digest_in(c1, form_), long_key(kServerName)), s2.end() - kDigestBytes);
}

Result<std::size_t> ServerHandshake::feed(BytesView in, Bytes& out) {
    if (step_ == Step::done || in.empty()) return std::size_t{0};
    if (step_ == Step::c2) {
        // What C2 holds is not looked at: encoders differ, and nothing depends on it.
        if (in.size() < kHandshakeBytes) return std::size_t{0};
        step_ = Step::done;
        return kHandshakeBytes;
    }
    // 6 is the encrypted variant; printable text or a TLS record is another protocol.
    if (in[0] >= 0x20 || in[0] == 0x16) return Error{Errc::invalid, "not_rtmp", "This port speaks RTMP."};
    if (in[0] != kVersion) return Error{Errc::invalid, "rtmp_version", "Only RTMP version 3 is spoken here."};
    if (in.size() < 1 + kHandshakeBytes) return std::size_t{0};
    answer(in.subspan(1, kHandshakeBytes), out);
    step_ = Step::c2;
    return 1 + kHandshakeBytes;
}

ClientHandshake::ClientHandshake(HandshakeForm form, Random& random, Bytes& out) : form_(form), c1_(kHandshakeBytes) {
    random.fill(std::span{c1_}.subspan(8));
    if (form_ != HandshakeForm::simple) {
        c1_[4] = 9;
        c1_[6] = 124;
        c1_[7] = 2;
        put_digest(c1_, form_, short_key(kClientName));
    }
    ByteWriter{out}.u8(kVersion).bytes(c1_);
}

Result<std::size_t> ClientHandshake::feed(BytesView in, Bytes& out) {
    constexpr std::size_t kAnswer = 1 + 2 * kHandshakeBytes;
    if (done_ || in.empty()) return std::size_t{0};
    if (in[0] != kVersion) return Error{Errc::invalid, "rtmp_version", "The server does not speak RTMP version 3."};
    if (in.size() < kAnswer) return std::size_t{0};
    const auto s1 = in.subspan(1, kHandshakeBytes), s2 = in.subspan(1 + kHandshakeBytes, kHandshakeBytes);
    if (form_ != HandshakeForm::simple) {
        const auto expected = answer_digest(s2, digest_in(c1_, form_), long_key(kServerName));
        const bool right = digest_holds(s1, form_, short_key(kServerName)) && std::ranges::equal(expected, s2.last(kDigestBytes));
        if (!right) return Error{Errc::invalid, "handshake_wrong", "The server's handshake digest is wrong."};
    }
    done_ = true;
    ByteWriter{out}.bytes(s1);
    return kAnswer;
}

}  // namespace ae::media::rtmp
