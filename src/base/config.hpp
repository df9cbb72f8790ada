// Typed configuration. Each room keeps a struct with defaults and says what its fields are called:
//
//     void describe(config::Section& section, HttpConfig& c) {
//         section.field("listen", &c.listen, "Address and port that the web server listens on.");
//     }
//
// Sources, the later wins: default < TOML file < environment AETHEX_<ROOM>__<FIELD> (with _FILE: the value is in that file)
// < flag --<room>.<field>=value. Unknown keys and all other errors are reported together.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::config {

/// Bytes with a unit in text: `64 KB`, `16 MB` (1 KB = 1024 bytes), or a plain number.
struct ByteSize {
    std::uint64_t bytes = 0;
    auto operator<=>(const ByteSize&) const = default;
};

/// What a field may be. Durations are written `250ms`, `6s`, `2m`, `1h`; lists are TOML arrays, or commas in the environment.
using Target = std::variant<std::string*, bool*, std::int64_t*, double*, Duration*, ByteSize*, Secret*, std::vector<std::string>*>;

struct Field {
    std::string name;
    Target target;
    std::string help;
    /// The words a string field allows; empty: any text.
    std::vector<std::string> choices = {};
    /// Bounds of a number, of a duration in seconds, of a size in bytes, of a list in items.
    std::optional<double> least = {};
    std::optional<double> most = {};
};

/// The fields of one room, under its name in TOML (`[http]`), in the environment (`AETHEX_HTTP__`) and on the command line (`--http.`).
class Section {
  public:
    explicit Section(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}
    /// The target outlives the section. Returns the field, for `.choices`, `.least`, `.most`; good until the next call.
    Field& field(std::string name, Target target, std::string help);
    const std::string& name() const { return name_; }
    const std::string& help() const { return help_; }
    std::vector<Field>& fields() { return fields_; }
    const std::vector<Field>& fields() const { return fields_; }

  private:
    std::string name_, help_;
    std::vector<Field> fields_;
};

struct Sources {
    /// The text of the TOML file and its name (for messages); absent: no file.
    std::optional<std::string> toml = {};
    std::string toml_name = {};
    std::map<std::string, std::string> environment = {};
    /// `room.field` -> value.
    std::map<std::string, std::string> flags = {};
};

/// Fills every target. An `AETHEX_` variable without `__` is not configuration. Answers all that was wrong, one sentence each (`unknown key http.lisen; did you mean listen?`); empty: all is well.
std::vector<std::string> load(std::vector<Section>& sections, const Sources& sources);
/// The effective configuration as TOML, secrets masked.
std::string print(const std::vector<Section>& sections);
/// Every key with default, environment name and help, as a Markdown page. Call it before `load`: the defaults are what the targets hold.
std::string docs(const std::vector<Section>& sections);

}  // namespace ae::config
