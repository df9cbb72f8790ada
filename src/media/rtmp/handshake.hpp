// The RTMP handshake (RTMP 1.0, 5.2), in its simple form and with Flash's digests, for both sides.
//
// The digest form hides an HMAC-SHA-256 of the 1536-byte block inside it, at an offset that four other bytes of the block give; there
// are two schemas, which differ in where those four bytes are. ffmpeg sends digests and checks ours; librtmp and OBS do not.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace ae::media::rtmp {

enum class HandshakeForm : std::uint8_t { simple, digest_at_772, digest_at_8 };

inline constexpr std::size_t kHandshakeBytes = 1536;

/// Our side: waits for C0 and C1, answers S0 S1 S2, waits for C2.
class ServerHandshake {
  public:
    explicit ServerHandshake(Random& random) : random_(random) {}
    /// Answers how many bytes it took: all of a step or none; the rest is to be given again with more. Refuses `not_rtmp`
    /// (the first byte is no version: HTTP or TLS on this port) and `rtmp_version`.
    Result<std::size_t> feed(BytesView in, Bytes& out);
    bool done() const { return step_ == Step::done; }
    HandshakeForm form() const { return form_; }

  private:
    enum class Step : std::uint8_t { c0_c1, c2, done };
    void answer(BytesView c1, Bytes& out);

    Random& random_;
    Step step_ = Step::c0_c1;
    HandshakeForm form_ = HandshakeForm::simple;
};

/// A publisher's side.
class ClientHandshake {
  public:
    ClientHandshake(HandshakeForm form, Random& random, Bytes& out);
    /// As above. Refuses `rtmp_version` and `handshake_wrong` (the server's digests are not right).
    Result<std::size_t> feed(BytesView in, Bytes& out);
    bool done() const { return done_; }

  private:
    HandshakeForm form_;
    Bytes c1_;
    bool done_ = false;
};

}  // namespace ae::media::rtmp
