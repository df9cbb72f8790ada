// The page: the web app's one HTML file with what this request adds to it: a nonce, a title, Open Graph tags and the first data, so
// that the page paints without asking again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "app/config.hpp"
#include "base/id.hpp"

namespace ae::app {

/// A query whose answer the page would ask for first; the web app's cache begins with it.
struct FirstQuery {
    boost::json::array key;
    boost::json::value data;
};

/// What a page says of itself before any script runs.
struct PageHead {
    std::string title;
    std::string description;
    /// Path of the page, for the canonical address.
    std::string path;
    /// Open Graph type: `website`, `video.other`.
    std::string kind = "website";
};

/// `html` with the placeholders filled: `__AE_NONCE__`, `<!--ae:head-->`, `<!--ae:data-->`. All text is escaped here.
std::string render_page(std::string_view html, std::string_view nonce, const SiteConfig& site, std::string_view public_url, const PageHead& head,
                        const boost::json::value& site_data, const std::vector<FirstQuery>& queries);

/// What `GET /api/site` answers.
boost::json::object site_view(const SiteConfig& site, std::string_view public_url, std::string_view ingest_url);

}  // namespace ae::app
