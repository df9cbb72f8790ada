#include "base/log.hpp"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <mutex>

#include <fmt/format.h>
#include <unistd.h>

#include "base/json_text.hpp"
#include "base/metrics.hpp"
#include "base/time.hpp"

namespace ae::log {

namespace {

struct Output {
    std::atomic<Level> least{Level::info};
    std::atomic<int> descriptor{2};
    std::atomic<bool> json{isatty(2) == 0};
    std::atomic<bool> colour{isatty(2) == 1};
    // A pipe keeps only lines up to PIPE_BUF whole by itself, and a write may be partial.
    std::mutex writing;
};

Output& output() {
    // Never destroyed: threads that outlive main may still have something to say.
    static auto& only = *new Output;
    return only;
}

std::string_view level_name(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warn: return "warn";
        case Level::error: return "error";
    }
    return "error";
}

std::string_view level_colour(Level level) {
    switch (level) {
        case Level::debug: return "\x1b[2m";
        case Level::info: return "\x1b[32m";
        case Level::warn: return "\x1b[33m";
        case Level::error: return "\x1b[31m";
    }
    return {};
}

std::string json_line(std::string_view time, Level level, std::string_view event, Fields fields) {
    std::string line = fmt::format(R"({{"time":"{}","level":"{}","event":)", time, level_name(level));
    append_json_text(line, event);
    for (const auto& field : fields) {
        line += ',';
        append_json_text(line, field.name());
        line += ':';
        if (field.quoted()) append_json_text(line, field.text());
        else line += field.text();
    }
    return line + "}\n";
}

void append_text_value(std::string& line, const Field& field) {
    const bool plain = !field.text().empty() && field.text().find_first_of(" \"=\\") == std::string_view::npos;
    if (!field.quoted()) line += field.text();
    else if (plain) append_json_escaped(line, field.text());
    else append_json_text(line, field.text());
}

std::string text_line(std::string_view time, Level level, std::string_view event, Fields fields, bool colour) {
    // The day is in the file name or in the reader's head; a terminal shows the time of day.
    std::string line{time.substr(11, 12)};
    line += fmt::format(" {}{:<5}{} ", colour ? level_colour(level) : "", level_name(level), colour ? "\x1b[0m" : "");
    std::string name;
    append_json_escaped(name, event);
    line += fields.size() == 0 ? name : fmt::format("{:<28}", name);
    for (const auto& field : fields) {
        line += colour ? " \x1b[2m" : " ";
        append_json_escaped(line, field.name());
        line += colour ? "=\x1b[0m" : "=";
        append_text_value(line, field);
    }
    return line + '\n';
}

void write_line(Output& to, std::string_view line) {
    static auto& dropped = metrics::counter("aethex_log_lines_dropped_total", "Log lines that could not be written.");
    const std::lock_guard alone{to.writing};
    while (!line.empty()) {
        const auto written = ::write(to.descriptor.load(), line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return dropped.add();
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

void say(Level level, std::string_view event, Fields fields) {
    auto& to = output();
    if (level < to.least.load()) return;
    const auto time = to_rfc3339(SystemClock{}.wall());
    write_line(to, to.json.load() ? json_line(time, level, event, fields) : text_line(time, level, event, fields, to.colour.load()));
}

}  // namespace

std::string Field::number(double value) {
    // JSON has no word for these two.
    if (!std::isfinite(value)) return "null";
    return fmt::format("{}", value);
}

void configure(Level least, Form form, int descriptor) {
    auto& to = output();
    const bool terminal = isatty(descriptor) == 1;
    to.least = least;
    to.descriptor = descriptor;
    to.json = form == Form::json || (form == Form::automatic && !terminal);
    to.colour = terminal;
}

void debug(std::string_view event, Fields fields) { say(Level::debug, event, fields); }
void info(std::string_view event, Fields fields) { say(Level::info, event, fields); }
void warn(std::string_view event, Fields fields) { say(Level::warn, event, fields); }
void error(std::string_view event, Fields fields) { say(Level::error, event, fields); }

}  // namespace ae::log
