#include "accounts/config.hpp"

namespace ae::accounts {

void describe(config::Section& section, AccountConfig& config) {
    section.field("registration", &config.registration, "Whether strangers may make accounts; closed: only `aethex user create` does.").choices = {
        "open", "closed"};
    auto& registers = section.field("register_limit", &config.register_limit, "Registrations of one client address in five minutes.");
    registers.least = 1;
    registers.most = 100'000;
    auto& logins = section.field("login_limit", &config.login_limit, "Logins of one client address in five minutes, whether they succeed or not.");
    logins.least = 1;
    logins.most = 100'000;
    section.field("session_lifetime", &config.session_lifetime, "How long a session lives after it was last used.").least = 60;
    auto& memory = section.field("password_memory", &config.password_memory, "Memory that one password hash (argon2id) takes.");
    memory.least = 8 * 1024;
    memory.most = 1024.0 * 1024 * 1024;
    auto& passes = section.field("password_passes", &config.password_passes, "How often a password hash goes over that memory.");
    passes.least = 1;
    passes.most = 20;
    auto& threads = section.field("password_threads", &config.password_threads, "Threads that hash passwords, at a low priority; 0: half the cores.");
    threads.least = 0;
    threads.most = 64;
    auto& queue = section.field("password_queue", &config.password_queue, "Logins that may wait for such a thread; further ones are answered 503.");
    queue.least = 1;
    queue.most = 10'000;
}

}  // namespace ae::accounts
