#include "store/db/testing.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include <fmt/format.h>

#include "store/db/postgres_connection.hpp"

namespace ae::db::testing {

namespace {

namespace fs = std::filesystem;

struct Account {
    uid_t user = 0;
    gid_t group = 0;
};

/// PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`.
std::optional<Account> other_account() {
    if (::geteuid() != 0) return std::nullopt;
    for (const char* name : {"postgres", "nobody"}) {
        if (const auto* entry = ::getpwnam(name)) return Account{entry->pw_uid, entry->pw_gid};
    }
    throw std::runtime_error("there is neither a user postgres nor nobody to run PostgreSQL as");
}

/// Debian keeps the server's programs out of PATH, in a folder for each version.
fs::path find_programs() {
    fs::path best;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql")) {
        const auto folder = version.path() / "bin";
        if (fs::exists(folder / "initdb") && folder > best) best = folder;
    }
    if (best.empty()) throw std::runtime_error("PostgreSQL is not installed (Debian: postgresql)");
    return best;
}

/// Starts a program that ends with the thread that started it, its output in `log`.
pid_t start_program(const std::vector<std::string>& words, const fs::path& log, const std::optional<Account>& account) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (account && (::setgroups(0, nullptr) != 0 || ::setgid(account->group) != 0 || ::setuid(account->user) != 0)) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which clears it
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

void run_program(const std::vector<std::string>& words, const fs::path& log, const std::optional<Account>& account) {
    int status = -1;
    ::waitpid(start_program(words, log, account), &status, 0);
    if (status != 0) throw std::runtime_error(fmt::format("{} failed; see {}", words[0], log.string()));
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    auto pattern = (fs::temp_directory_path() / "aethex-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;  // a test's answer does not depend on it
    fs::remove_all(path_, ignored);
}

Postgres::Postgres(Durability durability) : durability_(durability), programs_(find_programs()) {
    const auto account = other_account();
    if (account && ::chown(home_.path().c_str(), account->user, account->group) != 0)
        throw std::runtime_error("cannot give the cluster's folder away");
    run_program({(programs_ / "initdb").string(), "-D", (home_.path() / "cluster").string(), "-A", "trust", "-U", "aethex", "-E", "UTF8",
                 "--locale=C", "--no-sync", "--no-instructions"},
                home_.path() / "initdb.log", account);
    start();
}

void Postgres::start() {
    const auto folder = home_.path().string();
    std::vector<std::string> words{(programs_ / "postgres").string(), "-D", folder + "/cluster", "-k", folder, "-c", "listen_addresses="};
    // Few and small: many test programs run beside one another.
    for (const char* setting : {"shared_buffers=16MB", "max_connections=60", "autovacuum=off", "log_min_messages=error"}) {
        words.insert(words.end(), {"-c", setting});
    }
    if (durability_ == Durability::fast) words.insert(words.end(), {"-c", "fsync=off", "-c", "full_page_writes=off"});
    const auto log = home_.path() / "server.log";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    const auto url = address("");
    server_ = start_program(words, log, other_account());
    while (PQping(url.c_str()) != PQPING_OK) {
        if (std::chrono::steady_clock::now() > until) throw std::runtime_error(fmt::format("PostgreSQL does not start; see {}", log.string()));
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
        // The orphans of a killed server hold its shared memory for a moment, and the next one gives up on that.
        if (::waitpid(server_, nullptr, WNOHANG) == server_) server_ = start_program(words, log, other_account());
    }
}

void Postgres::signal(int number) {
    if (server_ < 0) return;
    ::kill(server_, number);
    ::waitpid(server_, nullptr, 0);
    server_ = -1;
}

void Postgres::kill() { signal(SIGKILL); }

Postgres::~Postgres() { signal(SIGQUIT); }

Postgres& Postgres::shared() {
    static Postgres postgres{Durability::fast};
    return postgres;
}

std::string Postgres::address(const std::string& options) const {
    return fmt::format("postgres://aethex@/postgres?host={}{}", home_.path().string(), options);
}

Secret Postgres::fresh_url() {
    const auto schema = fmt::format("t{}", ++schemas_);
    PostgresConnection{Secret{address("")}, Duration{0}}.script("CREATE SCHEMA " + schema);
    return Secret{address("&options=-csearch_path%3D" + schema)};
}

Place::Place(Engine engine)
    : url_(engine == Engine::sqlite ? Secret{fmt::format("sqlite:{}/test.db", folder_.path().string())} : Postgres::shared().fresh_url()) {}

std::unique_ptr<Db> Place::open(std::int64_t connections) const {
    DbConfig config;
    config.url = url_;
    config.connections = connections;
    config.readers = 2;
    return db::open(config);
}

}  // namespace ae::db::testing
