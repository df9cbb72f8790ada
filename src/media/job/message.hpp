// Messages between the server and its worker: a 32-bit length, a kind, a body. Bounded, and readable at every split point.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace ae::media::job {

enum class MessageKind : std::uint8_t {
    ready = 1,    // from the program, once, inside its sandbox: the version of this protocol
    job = 2,      // to the program: the kind of job, then the job
    done = 3,     // from the program: the answer
    failed = 4,   // from the program: a Fault
    parting = 5,  // from the program, before an answer: it is the last, and the program ends behind it
};

struct Message {
    MessageKind kind = MessageKind::ready;
    Bytes body = {};
    bool operator==(const Message&) const = default;
};

/// Both programs are installed together; one of another build is refused at its `ready`.
inline constexpr std::uint16_t kProtocolVersion = 1;
/// Kind and body.
inline constexpr std::size_t kMostMessageBytes = std::size_t{32} << 20;

/// Whether a body of this size fits a message.
inline bool fits_message(std::size_t body_size) { return body_size < kMostMessageBytes; }
/// The body must fit.
Bytes message_bytes(MessageKind kind, BytesView body);

/// Bytes in, messages out. After `broken()` nothing more comes: the stream has lost its frame.
class MessageReader {
  public:
    void feed(BytesView bytes);
    /// The next whole message.
    std::optional<Message> next();
    bool broken() const { return broken_; }

  private:
    Bytes waiting_;
    std::size_t used_ = 0;
    bool broken_ = false;
};

}  // namespace ae::media::job
