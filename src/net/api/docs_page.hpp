// The page that shows the API: our own HTML, script and style, nothing from elsewhere.
#pragma once

#include <string_view>

namespace ae::api {

std::string_view docs_html();
std::string_view docs_script();
std::string_view docs_style();

}  // namespace ae::api
