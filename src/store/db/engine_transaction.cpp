#include "store/db/engine_transaction.hpp"

#include <fmt/format.h>

namespace ae::db {

namespace {

// PostgreSQL's text holds no NUL, and libpq would cut the text there without a word; SQLite would keep it.
void refuse_nul(const Query& query, std::span<const Value> parameters) {
    for (const auto& value : parameters) {
        const auto* text = std::get_if<std::string>(&value.data());
        if (text && text->find('\0') != std::string::npos)
            throw std::invalid_argument(fmt::format("{}: a text parameter holds a NUL byte", query.name));
    }
}

}  // namespace

template <class F>
auto EngineTransaction::guarded(F statement) {
    throw_failure();
    try {
        return statement();
    } catch (...) {
        failure_ = std::current_exception();
        throw;
    }
}

void EngineTransaction::throw_failure() const {
    if (failure_) std::rethrow_exception(failure_);
}

Rows EngineTransaction::query(const Query& query, std::span<const Value> parameters) {
    return guarded([&] {
        refuse_nul(query, parameters);
        return run_query(query, parameters);
    });
}

std::int64_t EngineTransaction::execute(const Query& query, std::span<const Value> parameters) {
    return guarded([&] {
        refuse_nul(query, parameters);
        return run_execute(query, parameters);
    });
}

void EngineTransaction::script(std::string_view sql) {
    guarded([&] { run_script(sql); });
}

}  // namespace ae::db
