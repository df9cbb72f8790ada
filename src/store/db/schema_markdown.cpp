#include <fmt/format.h>

#include "base/check.hpp"
#include "store/db/migrate.hpp"
#include "store/db/sqlite_db.hpp"

namespace ae::db {

namespace {

const Query kTables{"schema.tables", R"sql(
    SELECT name, sql, type
      FROM sqlite_master
     WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
     ORDER BY rowid)sql"};

// A column is unique by itself when an index that its declaration made covers it alone.
const Query kColumns{"schema.columns", R"sql(
    SELECT name, type, "notnull", dflt_value, pk,
           EXISTS (SELECT 1
                     FROM pragma_index_list($1) AS made
                    WHERE made.origin = 'u' AND (SELECT group_concat(name) FROM pragma_index_info(made.name)) = of.name)
      FROM pragma_table_info($1) AS of
     ORDER BY cid)sql"};

const Query kReferences{"schema.references", R"sql(
    SELECT "from", "table", coalesce("to", 'id')
      FROM pragma_foreign_key_list($1)
     ORDER BY id, seq)sql"};

const Query kIndexes{"schema.indexes", R"sql(
    SELECT name, sql
      FROM sqlite_master
     WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL
     ORDER BY name)sql"};

std::string_view word_of(std::string_view type) {
    if (type == "INTEGER") return "int64";
    if (type == "BOOLEAN") return "bool";
    if (type == "BLOB") return "blob";
    return "text";
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t,");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// SQLite keeps a table's text as it was written: the comment is what follows `--` on the column's line.
std::string_view comment_on(std::string_view table_sql, std::string_view column) {
    for (std::size_t at = 0; at < table_sql.size();) {
        const auto end = std::min(table_sql.find('\n', at), table_sql.size());
        const auto line = trimmed(table_sql.substr(at, end - at));
        at = end + 1;
        const auto comment = line.find("--");
        if (comment != std::string_view::npos && line.starts_with(column) && line.substr(column.size()).starts_with(' ')) {
            return trimmed(line.substr(comment + 2));
        }
    }
    return {};
}

std::string one_line(std::string_view sql) {
    std::string out;
    for (const char c : sql) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank) out.push_back(c);
        if (blank && !out.empty() && out.back() != ' ') out.push_back(' ');
    }
    return out;
}

std::string column_row(const Row& column, std::string_view comment, const Rows& references, bool view) {
    std::string notes;
    const auto note = [&notes](std::string_view text) { notes += notes.empty() ? std::string{text} : ", " + std::string{text}; };
    if (column.integer(4) > 0) note("primary key");
    if (column.boolean(5)) note("unique");
    if (!view && column.integer(2) == 0 && column.integer(4) == 0) note("may be NULL");
    if (const auto fallback = column.maybe_text(3)) note(fmt::format("default `{}`", *fallback));
    for (const auto& reference : references) {
        if (reference.text(0) == column.text(0)) note(fmt::format("refers to `{}.{}`", reference.text(1), reference.text(2)));
    }
    return fmt::format("| `{}` | {} | {} | {} |\n", column.text(0), word_of(column.text(1)), notes, comment);
}

std::string table_page(Transaction& transaction, const Row& table) {
    const bool view = table.text(2) == "view";
    auto page = fmt::format("\n## {}{}\n\n| column | type | | meaning |\n|---|---|---|---|\n", table.text(0), view ? " (a view)" : "");
    const auto references = transaction.query(kReferences, {table.text(0)});
    for (const auto& column : transaction.query(kColumns, {table.text(0)}))
        page += column_row(column, comment_on(table.text(1), column.text(0)), references, view);
    const auto indexes = transaction.query(kIndexes, {table.text(0)});
    if (!indexes.empty()) page += "\n";
    for (const auto& index : indexes) page += fmt::format("- `{}`\n", one_line(index.text(1)));
    return page;
}

}  // namespace

std::string schema_markdown(std::span<const Migration> migrations) {
    SqliteDb db{":memory:", 0, 1};
    const auto migrated = migrate_blocking(db, migrations, WallTime{});
    AE_CHECK(migrated.has_value(), "an empty database refuses no migration");
    return db.read_blocking([](Transaction& transaction) {
        std::string page =
            "# Tables\n\nGenerated from the migrations (`./dev gen`); do not edit. Types: int64, text (compared by bytes), blob, bool. Times are "
            "int64\n"
            "microseconds UTC since 1970.\n";
        for (const auto& table : transaction.query(kTables)) page += table_page(transaction, table);
        return page;
    });
}

}  // namespace ae::db
