// Values on PostgreSQL's wire: parameters typed as int8, text, bytea and bool, and columns read back by their type.
#pragma once

#include <libpq-fe.h>

#include "store/db/db.hpp"

namespace ae::db {

/// Parameters in the arrays that libpq wants. Refers to the values it was made from.
class PostgresParameters {
  public:
    explicit PostgresParameters(std::span<const Value> values);
    int count() const { return static_cast<int>(types_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    struct Add;

    std::vector<Oid> types_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
    std::vector<std::string> numbers_;
};

/// One letter a type: statements are prepared once for each combination, and NULL has no type.
std::string type_signature(std::span<const Value> values);

Rows rows_of(const PGresult* result);

}  // namespace ae::db
