// Where the server is reached: from the settings, or from where its listeners are bound.
#pragma once

#include <string>

namespace ae::app {

struct Addresses {
    std::string http;     // http://127.0.0.1:8080
    std::string https;    // empty: no certificate
    std::string rtmp;     // rtmp://127.0.0.1:1935/live
    std::string metrics;  // http://127.0.0.1:9480/metrics; empty: no listener of its own
};

}  // namespace ae::app
