// A connected TCP socket, plain or with TLS on its descriptor: non-blocking reads and gathered writes.
#pragma once

#include <cstddef>
#include <memory>

#include <sys/uio.h>

using SSL = struct ssl_st;

namespace ae::http {

class Socket {
  public:
    enum class Outcome { moved, would_block, closed };
    struct Moved {
        Outcome outcome = Outcome::closed;
        std::size_t bytes = 0;
    };

    /// Owns the descriptor (non-blocking), and the TLS session if there is one.
    explicit Socket(int descriptor, SSL* tls = nullptr) : descriptor_(descriptor), tls_(tls) {}
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&&) = delete;
    ~Socket();

    int descriptor() const { return descriptor_; }
    bool open() const { return descriptor_ >= 0; }
    bool secure() const { return tls_ != nullptr; }
    /// Whether a read that was not full may have left bytes that no event will announce.
    bool may_hold_more(std::size_t asked, std::size_t got) const { return tls_ != nullptr || got == asked; }

    Moved receive(char* to, std::size_t most);
    /// Sends what it can of the pieces at once. After `would_block` the same bytes are offered again.
    Moved send(const iovec* pieces, std::size_t count);
    /// Tells the peer that nothing more will come.
    void finish_sending();
    void close();

  private:
    Moved send_tls(const iovec* pieces, std::size_t count);
    Moved tls_outcome(int result) const;
    int descriptor_ = -1;
    SSL* tls_ = nullptr;
};

}  // namespace ae::http
