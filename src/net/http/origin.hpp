// Requests that a browser sends for somebody else's page: refused where they would change something.
#pragma once

#include "net/http/message.hpp"

namespace ae::http {

/// Whether a browser says that the request comes from another site: Sec-Fetch-Site, else Origin against the host that was asked.
/// A client that sends neither is no browser, and carries nobody's cookies.
bool comes_from_elsewhere(const Request& request);
/// Whether a browser says that the request comes from a page of this site, or from its own address bar: what a request that carries a cookie has to show.
bool comes_from_here(const Request& request);

}  // namespace ae::http
