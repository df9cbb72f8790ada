#include "store/db/postgres_connection.hpp"

#include <poll.h>

#include <charconv>

#include <fmt/format.h>

#include "store/db/postgres_values.hpp"

namespace ae::db {

namespace {

// The server ends a statement first; past this much more it does not answer at all (stopped, or the line is cut).
constexpr Duration kGrace = std::chrono::seconds{5};

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

// 08P01 is a wrong use of the protocol, which a new connection would repeat.
bool means_lost(std::string_view state) {
    return (state.starts_with("08") && state != "08P01") || state == "57P01" || state == "57P02" || state == "57P03";
}

// The server refuses a parameter that is missing, but not one too many.
void refuse_surplus(const Query& query, std::size_t count) {
    if (count > 0 && query.sql.find(fmt::format("${}", count)) == std::string_view::npos) {
        throw std::logic_error(fmt::format("{} has no parameter ${}", query.name, count));
    }
}

}  // namespace

PostgresConnection::PostgresConnection(const Secret& url, Duration statement_timeout)
    : patience_(statement_timeout.count() == 0 ? Duration::max() : statement_timeout + kGrace) {
    // What stands before `dbname` is a default that the address may change.
    const std::pair<const char*, const char*> settings[] = {
        {"application_name", "aethex"}, {"connect_timeout", "5"},         {"tcp_user_timeout", "10000"}, {"keepalives_idle", "10"},
        {"keepalives_interval", "5"},   {"dbname", url.reveal().c_str()}, {"client_encoding", "UTF8"}};
    std::vector<const char*> names, values;
    for (const auto& [name, value] : settings) names.push_back(name), values.push_back(value);
    names.push_back(nullptr), values.push_back(nullptr);
    handle_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (lost()) throw ConnectionLost(fmt::format("cannot connect to PostgreSQL: {}", first_line(PQerrorMessage(handle_.get()))));
    PQsetnonblocking(handle_.get(), 1);
    PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);

    const auto limit = std::chrono::ceil<std::chrono::milliseconds>(statement_timeout).count();
    script(
        fmt::format("SET synchronous_commit = on; SET standard_conforming_strings = on; SET bytea_output = 'hex'; SET statement_timeout = {};"
                    "SET idle_in_transaction_session_timeout = '60s'",
                    limit));
}

void PostgresConnection::lose(std::string_view what) {
    const auto sentence = fmt::format("{}: the connection to PostgreSQL is lost: {}", what, first_line(PQerrorMessage(handle_.get())));
    handle_.reset();  // PQstatus of null is bad: `lost()` from now on
    throw ConnectionLost(sentence);
}

void PostgresConnection::await_bytes(std::string_view what, SteadyTime deadline) {
    const int flushed = PQflush(handle_.get());
    if (flushed < 0) lose(what);
    pollfd wait{PQsocket(handle_.get()), static_cast<short>(POLLIN | (flushed == 1 ? POLLOUT : 0)), 0};
    int timeout = -1;
    if (deadline != SteadyTime::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) lose(what);
        timeout = static_cast<int>(left);
    }
    const int ready = ::poll(&wait, 1, timeout);
    if (ready < 0 && errno != EINTR) lose(what);
    if (ready > 0 && (wait.revents & (POLLIN | POLLERR | POLLHUP)) && PQconsumeInput(handle_.get()) == 0) lose(what);
}

PostgresConnection::Result PostgresConnection::answer(bool sent, std::string_view what) {
    if (!sent) {
        if (lost()) lose(what);
        throw std::runtime_error(fmt::format("{}: {}", what, first_line(PQerrorMessage(handle_.get()))));
    }
    const auto deadline = patience_ == Duration::max() ? SteadyTime::max() : std::chrono::steady_clock::now() + patience_;
    Result kept;
    while (true) {
        while (PQflush(handle_.get()) == 1 || PQisBusy(handle_.get())) await_bytes(what, deadline);
        Result next{PQgetResult(handle_.get())};
        if (!next) break;
        // A script has several results: its failure is the last, its rows are nobody's.
        kept = std::move(next);
    }
    if (!kept) lose(what);
    return refuse_failure(std::move(kept), what);
}

PostgresConnection::Result PostgresConnection::refuse_failure(Result result, std::string_view what) {
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) return result;
    const char* field = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    const std::string_view state = field ? field : "";
    const auto sentence = fmt::format("{}: {} ({})", what, first_line(PQresultErrorMessage(result.get())), state);
    if (state == "23505") throw UniqueViolation(sentence);
    if (state == "40001" || state == "40P01") throw SerializationFailure(sentence);
    if (lost() || means_lost(state)) {
        handle_.reset();
        throw ConnectionLost(sentence);
    }
    throw std::runtime_error(sentence);
}

const std::string& PostgresConnection::prepared(const Query& query, std::span<const Value> parameters) {
    auto& [sql, by_types] = prepared_.try_emplace(std::string{query.name}, std::string{query.sql}).first->second;
    if (sql != query.sql) throw std::logic_error(fmt::format("two SQL texts are called {}", query.name));
    const auto signature = type_signature(parameters);
    if (const auto known = by_types.find(signature); known != by_types.end()) return known->second;

    refuse_surplus(query, parameters.size());
    const auto name = fmt::format("s{}", ++statements_);
    const PostgresParameters types{parameters};
    answer(PQsendPrepare(handle_.get(), name.c_str(), sql.c_str(), types.count(), types.types()) == 1, query.name);
    return by_types.emplace(signature, name).first->second;
}

PostgresConnection::Result PostgresConnection::run(const Query& query, std::span<const Value> parameters) {
    if (lost()) lose(query.name);
    const auto& name = prepared(query, parameters);
    const PostgresParameters sent{parameters};
    return answer(PQsendQueryPrepared(handle_.get(), name.c_str(), sent.count(), sent.values(), sent.lengths(), sent.formats(), 0) == 1, query.name);
}

Rows PostgresConnection::query(const Query& query, std::span<const Value> parameters) { return rows_of(run(query, parameters).get()); }

std::int64_t PostgresConnection::execute(const Query& query, std::span<const Value> parameters) {
    const auto result = run(query, parameters);
    const std::string_view count = PQcmdTuples(result.get());
    std::int64_t changed = 0;
    std::from_chars(count.data(), count.data() + count.size(), changed);  // empty for statements that count nothing
    return changed;
}

void PostgresConnection::script(const std::string& sql) {
    if (lost()) lose("script");
    answer(PQsendQuery(handle_.get(), sql.c_str()) == 1, "script");
}

}  // namespace ae::db
