// Prints docs/schema.md: what all migrations together make of an empty database.
#include <cstdio>

#include "app/schema.hpp"
#include "base/log.hpp"
#include "store/db/migrate.hpp"

int main() {
    // The page is compared by its bytes, and a log line carries the time.
    ae::log::configure(ae::log::Level::error, ae::log::Form::automatic);
    const auto page = ae::db::schema_markdown(ae::app::migrations());
    return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}
