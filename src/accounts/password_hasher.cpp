#include "accounts/password_hasher.hpp"

#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <new>
#include <thread>

#include "base/crypto.hpp"

namespace ae::accounts {

namespace {

constexpr int kLowPriority = 10;

std::size_t threads_of(const AccountConfig& config) {
    if (config.password_threads > 0) return static_cast<std::size_t>(config.password_threads);
    return std::max(1U, std::thread::hardware_concurrency() / 2);
}

/// A priority is a thread's own on Linux.
void step_back() {
    static thread_local bool done = false;
    if (std::exchange(done, true)) return;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowPriority);
}

Error busy() { return {Errc::unavailable, "logins_busy", "Too many people log in at this moment; try again in a few seconds."}; }

}  // namespace

PasswordHasher::PasswordHasher(const AccountConfig& config)
    : passes_(static_cast<unsigned long long>(config.password_passes)),
      memory_(config.password_memory.bytes),
      pool_("passwords", threads_of(config), static_cast<std::size_t>(config.password_queue)) {
    crypto::start();
    SystemRandom random;
    nobodys_ = hash_blocking(Secret{crypto::random_token(random, 32)});
}

std::string PasswordHasher::hash_blocking(const Secret& password) const {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const std::string& plain = password.reveal();  // to hash it
    if (crypto_pwhash_str_alg(text.data(), plain.data(), plain.size(), passes_, memory_, crypto_pwhash_ALG_ARGON2ID13) != 0) throw std::bad_alloc{};
    return text.data();
}

io::Task<Result<std::string>> PasswordHasher::hash(Secret password) {
    auto work = [this, password = std::move(password)] {
        step_back();
        return hash_blocking(password);
    };
    auto made = co_await pool_.run(std::move(work));
    if (!made) co_return busy();
    co_return std::move(*made);
}

io::Task<Result<bool>> PasswordHasher::matches(Secret password, std::optional<std::string> hash) {
    auto work = [password = std::move(password), real = hash.has_value(), text = hash.value_or(nobodys_)] {
        step_back();
        const std::string& plain = password.reveal();  // to compare it
        return crypto_pwhash_str_verify(text.c_str(), plain.data(), plain.size()) == 0 && real;
    };
    auto same = co_await pool_.run(std::move(work));
    if (!same) co_return busy();
    co_return *same;
}

bool PasswordHasher::outdated(const std::string& hash) const { return crypto_pwhash_str_needs_rehash(hash.c_str(), passes_, memory_) != 0; }

}  // namespace ae::accounts
