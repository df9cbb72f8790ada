#include "net/http/http_metrics.hpp"

#include <algorithm>

namespace ae::http {

RouteMetrics::RouteMetrics(std::string_view route)
    : seconds_(&metrics::histogram("aethex_http_request_seconds", "From a request's last byte to its answer's first, by route.",
                                   metrics::latency_bounds(), {{"route", route}})) {
    static constexpr std::array<std::string_view, 5> kClasses{"1xx", "2xx", "3xx", "4xx", "5xx"};
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
        by_class_[i] = &metrics::counter("aethex_http_requests_total", "Requests answered, by route and class of status.",
                                         {{"route", route}, {"status", kClasses[i]}});
    }
}

void RouteMetrics::answered(unsigned status, std::uint64_t bytes) {
    by_class_[std::clamp(status / 100, 1u, 5u) - 1]->add();
    ServerMetrics::get().sent_bytes.add(bytes);
}

void RouteMetrics::took(Duration time) { seconds_->observe(std::chrono::duration<double>(time).count()); }

ServerMetrics& ServerMetrics::get() {
    static ServerMetrics all{
        metrics::gauge("aethex_http_connections", "Connections that are open."),
        metrics::gauge("aethex_http_requests_in_progress", "Requests that wait for their answer, parked ones too."),
        metrics::counter("aethex_http_connections_accepted_total", "Connections accepted."),
        metrics::counter("aethex_http_sent_bytes_total", "Bytes of answers, heads and bodies."),
    };
    return all;
}

void count_refused(std::string_view reason) {
    metrics::counter("aethex_http_refused_total", "Connections and requests refused before any route saw them.", {{"reason", reason}}).add();
}

void count_timed_out(std::string_view what) {
    metrics::counter("aethex_http_timed_out_total", "Connections closed because the client was too slow.", {{"what", what}}).add();
}

}  // namespace ae::http
