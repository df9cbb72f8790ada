#include "base/config.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "base/config_value.hpp"

namespace ae::config {

namespace {

constexpr std::string_view kPrefix = "AETHEX_";
constexpr std::string_view kFileSuffix = "_file";
constexpr std::size_t kMostFileBytes = 1 << 20;

/// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// `; did you mean listen?` when a known name is near, else nothing.
template <class Named>
std::string suggestion(std::string_view wrong, const std::vector<Named>& known, auto name_of) {
    std::string_view best;
    std::size_t distance = std::max<std::size_t>(2, wrong.size() / 3) + 1;
    for (const auto& candidate : known) {
        const std::string_view name = name_of(candidate);
        const auto far = edit_distance(wrong, name);
        if (far < distance) {
            distance = far;
            best = name;
        }
    }
    return best.empty() ? "." : fmt::format("; did you mean {}?", best);
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

Section* find_section(std::vector<Section>& sections, std::string_view name) {
    const auto found = std::ranges::find(sections, name, [](const Section& section) -> std::string_view { return section.name(); });
    return found == sections.end() ? nullptr : &*found;
}

Field* find_field(Section& section, std::string_view name) {
    const auto found = std::ranges::find(section.fields(), name, [](const Field& field) -> std::string_view { return field.name; });
    return found == section.fields().end() ? nullptr : &*found;
}

class Loader {
  public:
    explicit Loader(std::vector<Section>& sections) : sections_(sections) {}

    void toml(const std::string& text, const std::string& name) {
        for (const auto& found : read_toml(text, name, errors_)) take(found);
    }

    void environment(const std::map<std::string, std::string>& variables) {
        for (const auto& [name, value] : variables) {
            if (!name.starts_with(kPrefix)) continue;
            const auto rest = std::string_view{name}.substr(kPrefix.size());
            const auto gap = rest.find("__");
            if (gap == std::string_view::npos) continue;
            Found found{lower(rest.substr(0, gap)), lower(rest.substr(gap + 2)), PlainText{value}, "environment " + name};
            if (!from_file(found, name, variables)) take(found);
        }
    }

    void flags(const std::map<std::string, std::string>& flags) {
        for (const auto& [name, value] : flags) {
            const auto dot = std::min(name.find('.'), name.size());
            take({name.substr(0, dot), name.substr(std::min(dot + 1, name.size())), PlainText{value}, "--" + name});
        }
    }

    std::vector<std::string> errors() && { return std::move(errors_); }

  private:
    void take(const Found& found) {
        auto* section = find_section(sections_, found.section);
        if (section == nullptr) {
            wrong(found, fmt::format("unknown section {}", found.section) +
                             suggestion(found.section, sections_, [](const Section& s) -> std::string_view { return s.name(); }));
            return;
        }
        if (found.key.empty() && std::holds_alternative<Unsuitable>(found.value)) return;
        const auto* field = find_field(*section, found.key);
        if (field == nullptr) {
            wrong(found, fmt::format("unknown key {}.{}", found.section, found.key) +
                             suggestion(found.key, section->fields(), [](const Field& f) -> std::string_view { return f.name; }));
            return;
        }
        if (const auto reason = assign(*field, found.value)) wrong(found, fmt::format("{}.{} {}.", found.section, found.key, *reason));
    }

    /// `AETHEX_X__Y_FILE` names a file with the value of y, unless x has a field `y_file` itself. Whether it was one.
    bool from_file(Found& found, const std::string& name, const std::map<std::string, std::string>& variables) {
        auto* section = find_section(sections_, found.section);
        if (section == nullptr || !found.key.ends_with(kFileSuffix) || find_field(*section, found.key) != nullptr) return false;
        const auto key = found.key.substr(0, found.key.size() - kFileSuffix.size());
        if (find_field(*section, key) == nullptr) return false;
        found.key = key;
        const auto beside = name.substr(0, name.size() - kFileSuffix.size());
        if (variables.contains(beside)) {
            wrong(found, fmt::format("{} is set too; keep one of them.", beside));
            return true;
        }
        const auto path = std::get<PlainText>(found.value).text;
        auto text = read_value_file(path);
        if (!text) {
            wrong(found, fmt::format("cannot read {}.", path));
            return true;
        }
        found.value = PlainText{std::move(*text)};
        take(found);
        return true;
    }

    /// The content without the line end that editors add.
    static std::optional<std::string> read_value_file(const std::string& path) {
        std::ifstream file{path, std::ios::binary};
        if (!file) return std::nullopt;
        std::string text(kMostFileBytes + 1, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (file.bad() || file.gcount() > static_cast<std::streamsize>(kMostFileBytes)) return std::nullopt;
        text.resize(static_cast<std::size_t>(file.gcount()));
        while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
        return text;
    }

    void wrong(const Found& found, const std::string& sentence) { errors_.push_back(fmt::format("{}: {}", found.where, sentence)); }

    std::vector<Section>& sections_;
    std::vector<std::string> errors_;
};

}  // namespace

Field& Section::field(std::string name, Target target, std::string help) {
    return fields_.emplace_back(Field{std::move(name), target, std::move(help)});
}

std::vector<std::string> load(std::vector<Section>& sections, const Sources& sources) {
    Loader loader{sections};
    if (sources.toml) loader.toml(*sources.toml, sources.toml_name);
    loader.environment(sources.environment);
    loader.flags(sources.flags);
    return std::move(loader).errors();
}

}  // namespace ae::config
