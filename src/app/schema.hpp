// Every room's tables, in the order in which they stand on one another.
#pragma once

#include <vector>

#include "store/db/db.hpp"

namespace ae::app {

std::vector<db::Migration> migrations();

}  // namespace ae::app
