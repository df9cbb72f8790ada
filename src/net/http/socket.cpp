#include "net/http/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ae::http {

namespace {

/// One TLS record at most (RFC 8446 section 5.1): pieces are joined up to it, so that a head and a small body are one record.
constexpr std::size_t kRecord = 16 * 1024;

Socket::Moved system_outcome(ssize_t result) {
    if (result > 0) return {Socket::Outcome::moved, static_cast<std::size_t>(result)};
    if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return {Socket::Outcome::would_block, 0};
    return {Socket::Outcome::closed, 0};
}

}  // namespace

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), tls_(std::exchange(other.tls_, nullptr)) {}

Socket::~Socket() { close(); }

void Socket::close() {
    if (tls_ != nullptr) SSL_free(std::exchange(tls_, nullptr));
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Socket::Moved Socket::tls_outcome(int result) const {
    if (result > 0) return {Outcome::moved, static_cast<std::size_t>(result)};
    const int why = SSL_get_error(tls_, result);
    ERR_clear_error();
    return {why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? Outcome::would_block : Outcome::closed, 0};
}

Socket::Moved Socket::receive(char* to, std::size_t most) {
    if (tls_ == nullptr) return system_outcome(::recv(descriptor_, to, most, 0));
    ERR_clear_error();
    return tls_outcome(SSL_read(tls_, to, static_cast<int>(most)));
}

Socket::Moved Socket::send(const iovec* pieces, std::size_t count) {
    if (tls_ != nullptr) return send_tls(pieces, count);
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces);
    message.msg_iovlen = count;
    return system_outcome(::sendmsg(descriptor_, &message, MSG_NOSIGNAL));
}

Socket::Moved Socket::send_tls(const iovec* pieces, std::size_t count) {
    static thread_local std::array<char, kRecord> joined;
    const char* bytes = static_cast<const char*>(pieces[0].iov_base);
    std::size_t size = std::min(pieces[0].iov_len, kRecord);
    if (size < kRecord && count > 1) {
        size = 0;
        for (std::size_t i = 0; i < count && size < kRecord; ++i) {
            const std::size_t part = std::min(pieces[i].iov_len, kRecord - size);
            std::memcpy(joined.data() + size, pieces[i].iov_base, part);
            size += part;
        }
        bytes = joined.data();
    }
    ERR_clear_error();
    return tls_outcome(SSL_write(tls_, bytes, static_cast<int>(size)));
}

void Socket::finish_sending() {
    if (tls_ != nullptr && SSL_is_init_finished(tls_) != 0) {
        SSL_shutdown(tls_);
        ERR_clear_error();
    }
    ::shutdown(descriptor_, SHUT_WR);
}

}  // namespace ae::http
