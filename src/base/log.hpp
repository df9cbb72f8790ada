// Logs tell events to a person: `log::info("stream.started", {{"stream", id}, {"took_ms", t}})`. A name, then fields.
// JSON lines, or aligned text on a terminal. Nothing per packet, nothing secret, nothing twice.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace ae::log {

enum class Level { debug, info, warn, error };
enum class Form { automatic, json, text };

/// One field. Text is escaped; it is the caller's duty that it is no secret (a `Secret` does not convert).
class Field {
  public:
    Field(std::string_view name, std::string_view value) : name_(name), text_(value), quoted_(true) {}
    Field(std::string_view name, const char* value) : Field(name, std::string_view{value}) {}
    Field(std::string_view name, const std::string& value) : Field(name, std::string_view{value}) {}
    Field(std::string_view name, bool value) : name_(name), text_(value ? "true" : "false") {}
    Field(std::string_view name, std::integral auto value) : name_(name), text_(std::to_string(value)) {}
    Field(std::string_view name, std::floating_point auto value) : name_(name), text_(number(static_cast<double>(value))) {}
    template <class Tag>
    Field(std::string_view name, const Id<Tag>& value) : Field(name, std::string_view{value.str()}) {}

    std::string_view name() const { return name_; }
    std::string_view text() const { return text_; }
    bool quoted() const { return quoted_; }

  private:
    static std::string number(double value);
    std::string_view name_;
    std::string text_;
    bool quoted_ = false;
};
using Fields = std::initializer_list<Field>;

/// Sets the least level that is written, the form, and the file descriptor (default: info, automatic, standard error).
/// Call once, before the threads start.
void configure(Level least, Form form, int descriptor = 2);

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

}  // namespace ae::log
