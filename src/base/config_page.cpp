// The configuration as a person reads it: the effective values as TOML, and the page of all keys.
#include <fmt/format.h>

#include "base/config_value.hpp"

namespace ae::config {

namespace {

std::string upper(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

/// A bar would end the table's cell.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += "\\|";
        else out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string limits(const Field& field) {
    std::string out;
    if (!field.choices.empty()) out += fmt::format(" One of `{}`.", fmt::join(field.choices, "`, `"));
    const std::string_view unit = kind_of(field) == "duration" ? " s"
                                  : kind_of(field) == "size"   ? " bytes"
                                  : kind_of(field) == "list"   ? " items"
                                                               : "";
    if (field.least) out += fmt::format(" At least {}{}.", *field.least, unit);
    if (field.most) out += fmt::format(" At most {}{}.", *field.most, unit);
    return out;
}

}  // namespace

std::string print(const std::vector<Section>& sections) {
    std::string out;
    for (const auto& section : sections) {
        if (!out.empty()) out += '\n';
        out += fmt::format("[{}]\n", section.name());
        for (const auto& field : section.fields()) out += fmt::format("{} = {}\n", field.name, toml_value(field));
    }
    return out;
}

std::string docs(const std::vector<Section>& sections) {
    std::string out =
        "# Configuration\n\nA later source wins: default, TOML file, environment, flag. Every key has a flag `--section.key=value`. In the\n"
        "environment, the name with `_FILE` behind it names a file that holds the value.\n";
    for (const auto& section : sections) {
        out += fmt::format("\n## [{}]\n\n{}\n\n| key | kind | default | environment | what it is |\n|---|---|---|---|---|\n", section.name(),
                           section.help());
        for (const auto& field : section.fields()) {
            const auto value = plain_value(field);
            out += fmt::format("| `{}` | {} | {} | `AETHEX_{}__{}` | {}{} |\n", field.name, kind_of(field),
                               value.empty() ? "" : fmt::format("`{}`", cell(value)), upper(section.name()), upper(field.name), cell(field.help),
                               cell(limits(field)));
        }
    }
    return out;
}

}  // namespace ae::config
