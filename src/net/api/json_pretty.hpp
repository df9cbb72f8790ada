// JSON with two spaces of indent, for files that are reviewed.
#pragma once

#include <string>

#include <boost/json/value.hpp>

namespace ae::api {

/// Ends in a line feed. Arrays of plain values stay on one line.
std::string json_pretty(const boost::json::value& value);

}  // namespace ae::api
