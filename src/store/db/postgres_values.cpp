#include "store/db/postgres_values.hpp"

#include <charconv>

#include <fmt/format.h>

namespace ae::db {

namespace {

// The numbers of the built-in types (pg_type.dat); they are part of the wire protocol and do not change.
constexpr Oid kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kUnknown = 705, kBpchar = 1042,
              kVarchar = 1043, kNumeric = 1700;
constexpr int kTextFormat = 0, kBinaryFormat = 1;

std::int64_t integer_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // A sum of int8 is a numeric: whole numbers that fit are integers to us, as in SQLite.
    if (error != std::errc{} || end != text.data() + text.size()) throw std::logic_error(fmt::format("{} is no 64-bit integer: cast it", text));
    return value;
}

Bytes bytes_of(const char* text) {
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> raw{PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size), &PQfreemem};
    if (!raw) throw std::bad_alloc();
    return Bytes(raw.get(), raw.get() + size);
}

Value column_of(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column)) return {};
    const char* text = PQgetvalue(result, row, column);
    const std::string_view view{text, static_cast<std::size_t>(PQgetlength(result, row, column))};
    switch (PQftype(result, column)) {
        case kInt2:
        case kInt4:
        case kInt8:
        case kNumeric: return integer_of(view);
        case kBool: return view == "t";
        case kBytea: return bytes_of(text);
        case kText:
        case kVarchar:
        case kBpchar:
        case kChar:
        case kName:
        case kUnknown: return view;
        default: throw std::logic_error(fmt::format("column {} has a type that only PostgreSQL knows: cast it", PQfname(result, column)));
    }
}

}  // namespace

struct PostgresParameters::Add {
    PostgresParameters& out;
    void operator()(std::monostate) const { add(0, nullptr, 0, kTextFormat); }
    void operator()(bool value) const { add(kBool, value ? "t" : "f", 1, kTextFormat); }
    void operator()(std::int64_t value) const {
        out.numbers_.push_back(fmt::format("{}", value));
        add(kInt8, out.numbers_.back().c_str(), 0, kTextFormat);
    }
    void operator()(const std::string& value) const { add(kText, value.c_str(), value.size(), kTextFormat); }
    void operator()(const Bytes& value) const {
        // An empty vector's pointer may be null, which would say NULL.
        add(kBytea, value.empty() ? "" : reinterpret_cast<const char*>(value.data()), value.size(), kBinaryFormat);
    }
    void add(Oid type, const char* value, std::size_t length, int format) const {
        out.types_.push_back(type);
        out.values_.push_back(value);
        out.lengths_.push_back(static_cast<int>(length));
        out.formats_.push_back(format);
    }
};

PostgresParameters::PostgresParameters(std::span<const Value> values) {
    numbers_.reserve(values.size());  // the pointers into it stay
    for (const auto& value : values) std::visit(Add{*this}, value.data());
}

std::string type_signature(std::span<const Value> values) {
    std::string signature;
    for (const auto& value : values) signature.push_back("nbits"[value.data().index()]);
    return signature;
}

Rows rows_of(const PGresult* result) {
    Rows rows;
    const int columns = PQnfields(result);
    for (int row = 0; row < PQntuples(result); ++row) {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) values.push_back(column_of(result, row, column));
        rows.emplace_back(std::move(values));
    }
    return rows;
}

}  // namespace ae::db
