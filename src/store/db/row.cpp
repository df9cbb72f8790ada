#include <fmt/format.h>

#include "store/db/db.hpp"

namespace ae::db {

namespace {

[[noreturn]] void wrong_type(std::size_t column, std::string_view wanted) {
    throw std::logic_error(fmt::format("column {} of the answer holds no {}", column, wanted));
}

template <class T>
const T& get(const Value& value, std::size_t column, std::string_view wanted) {
    const auto* held = std::get_if<T>(&value.data());
    if (!held) wrong_type(column, wanted);
    return *held;
}

}  // namespace

const Value& Row::at(std::size_t column) const {
    if (column >= values_.size()) wrong_type(column, "value: there is no such column");
    return values_[column];
}

std::int64_t Row::integer(std::size_t column) const { return get<std::int64_t>(at(column), column, "integer"); }
const std::string& Row::text(std::size_t column) const { return get<std::string>(at(column), column, "text"); }
const Bytes& Row::blob(std::size_t column) const { return get<Bytes>(at(column), column, "blob"); }
WallTime Row::time(std::size_t column) const { return from_micros(integer(column)); }
bool Row::is_null(std::size_t column) const { return std::holds_alternative<std::monostate>(at(column).data()); }

bool Row::boolean(std::size_t column) const {
    const auto& value = at(column);
    if (const auto* held = std::get_if<bool>(&value.data())) return *held;
    return get<std::int64_t>(value, column, "boolean") != 0;  // SQLite has no other way to say it
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}
std::optional<std::string> Row::maybe_text(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}
std::optional<Bytes> Row::maybe_blob(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return blob(column);
}
std::optional<WallTime> Row::maybe_time(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

}  // namespace ae::db
