#include "base/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "base/check.hpp"

namespace ae::metrics {

struct Histogram::State {
    std::vector<double> bounds;
    // One more than bounds: what is above all of them. Each observation is in one bucket; sums are made when it is written out.
    std::vector<std::atomic<std::uint64_t>> buckets;
    std::atomic<double> sum{0};
};

Histogram::Histogram(std::span<const double> bounds)
    : state_(new State{{bounds.begin(), bounds.end()}, std::vector<std::atomic<std::uint64_t>>(bounds.size() + 1)}) {
    AE_CHECK(std::is_sorted(bounds.begin(), bounds.end()), "bounds are written ascending in the source");
}

Histogram::~Histogram() { delete state_; }

void Histogram::observe(double value) {
    const auto bucket = std::lower_bound(state_->bounds.begin(), state_->bounds.end(), value) - state_->bounds.begin();
    state_->buckets[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    state_->sum.fetch_add(value, std::memory_order_relaxed);
}

namespace {

using Ask = std::function<double()>;

void append_escaped(std::string& out, std::string_view text, bool quotes) {
    for (const char c : text) {
        if (c == '\\') out += "\\\\";
        else if (c == '\n') out += "\\n";
        else if (c == '"' && quotes) out += "\\\"";
        else out += c;
    }
}

std::string labels_text(Labels labels) {
    std::string text;
    for (const auto& label : labels) {
        if (!text.empty()) text += ',';
        text += label.name;
        text += "=\"";
        append_escaped(text, label.value, true);
        text += '"';
    }
    return text;
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

/// `name{labels,extra} value`.
void append_sample(std::string& out, std::string_view name, std::string_view labels, std::string_view extra, std::string_view value) {
    out += name;
    if (!labels.empty() || !extra.empty()) {
        out += fmt::format("{{{}{}{}}}", labels, labels.empty() || extra.empty() ? "" : ",", extra);
    }
    out += fmt::format(" {}\n", value);
}

bool good_name(std::string_view name) {
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name[0] >= 'a' && std::ranges::all_of(name, good);
}

}  // namespace

class Registry {
  public:
    static Registry& only() {
        // Never destroyed: what counts in a destructor after main still has where to count.
        static auto& registry = *new Registry;
        return registry;
    }

    template <class Kind, class... Arguments>
    Kind& series(std::string_view name, std::string_view help, std::string_view type, Labels labels, Arguments&&... arguments) {
        const std::lock_guard alone{mutex_};
        auto& place = family(name, help, type).series[labels_text(labels)];
        if (std::holds_alternative<std::monostate>(place)) place = std::make_unique<Kind>(std::forward<Arguments>(arguments)...);
        AE_CHECK(std::holds_alternative<std::unique_ptr<Kind>>(place), "one name is one kind of metric");
        return *std::get<std::unique_ptr<Kind>>(place);
    }

    void ask(std::string_view name, std::string_view help, Labels labels, Ask ask) {
        const std::lock_guard alone{mutex_};
        family(name, help, "gauge").series[labels_text(labels)] = std::move(ask);
    }

    std::string exposition() {
        const std::lock_guard alone{mutex_};
        std::string out;
        for (const auto& [name, family] : families_) {
            out += fmt::format("# HELP {} ", name);
            append_escaped(out, family.help, false);
            out += fmt::format("\n# TYPE {} {}\n", name, family.type);
            for (const auto& [labels, series] : family.series) append(out, name, labels, series);
        }
        return out;
    }

  private:
    using Series = std::variant<std::monostate, std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>, Ask>;
    struct Family {
        std::string help, type;
        std::map<std::string, Series> series;
    };

    Family& family(std::string_view name, std::string_view help, std::string_view type) {
        AE_CHECK(good_name(name), "names of metrics are lower-case words in the source");
        AE_CHECK((type == "counter") == name.ends_with("_total"), "a counter, and nothing else, ends in _total");
        auto& found = families_[std::string{name}];
        if (found.type.empty()) found = {std::string{help}, std::string{type}, {}};
        AE_CHECK(found.type == type && found.help == help, "one name has one kind and one help text");
        return found;
    }

    static void append(std::string& out, std::string_view name, std::string_view labels, const Series& series) {
        if (const auto* counter = std::get_if<std::unique_ptr<Counter>>(&series)) {
            append_sample(out, name, labels, "", fmt::format("{}", (*counter)->value()));
        } else if (const auto* gauge = std::get_if<std::unique_ptr<Gauge>>(&series)) {
            append_sample(out, name, labels, "", number((*gauge)->value()));
        } else if (const auto* ask = std::get_if<Ask>(&series)) {
            append_sample(out, name, labels, "", number((*ask)()));
        } else if (const auto* histogram = std::get_if<std::unique_ptr<Histogram>>(&series)) {
            append_histogram(out, name, labels, *(*histogram)->state_);
        }
    }

    static void append_histogram(std::string& out, std::string_view name, std::string_view labels, const Histogram::State& state) {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < state.buckets.size(); ++i) {
            count += state.buckets[i].load(std::memory_order_relaxed);
            const auto edge = i < state.bounds.size() ? number(state.bounds[i]) : "+Inf";
            append_sample(out, fmt::format("{}_bucket", name), labels, fmt::format("le=\"{}\"", edge), fmt::format("{}", count));
        }
        append_sample(out, fmt::format("{}_sum", name), labels, "", number(state.sum.load(std::memory_order_relaxed)));
        append_sample(out, fmt::format("{}_count", name), labels, "", fmt::format("{}", count));
    }

    std::mutex mutex_;
    std::map<std::string, Family> families_;
};

Counter& counter(std::string_view name, std::string_view help, Labels labels) {
    return Registry::only().series<Counter>(name, help, "counter", labels);
}
Gauge& gauge(std::string_view name, std::string_view help, Labels labels) { return Registry::only().series<Gauge>(name, help, "gauge", labels); }
Histogram& histogram(std::string_view name, std::string_view help, std::span<const double> bounds, Labels labels) {
    return Registry::only().series<Histogram>(name, help, "histogram", labels, bounds);
}
void gauge_from(std::string_view name, std::string_view help, Labels labels, std::function<double()> ask) {
    Registry::only().ask(name, help, labels, std::move(ask));
}
std::string exposition() { return Registry::only().exposition(); }

std::span<const double> latency_bounds() {
    static constexpr double kBounds[] = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    return kBounds;
}

}  // namespace ae::metrics
