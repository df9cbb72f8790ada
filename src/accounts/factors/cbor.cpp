#include "accounts/factors/cbor.hpp"

#include <algorithm>
#include <limits>

#include "base/json_text.hpp"

namespace ae::factors::cbor {

namespace {

constexpr int kMostDepth = 8;
constexpr int kMostItems = 256;

enum class Major : std::uint8_t { unsigned_integer = 0, negative_integer = 1, bytes = 2, text = 3, array = 4, map = 5, tag = 6, simple = 7 };

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

class Reader {
  public:
    explicit Reader(ByteReader& bytes) : bytes_(bytes) {}

    std::optional<Value> value(int depth) {
        if (depth > kMostDepth || ++items_ > kMostItems) return std::nullopt;
        const auto first = bytes_.u8();
        if (bytes_.failed()) return std::nullopt;
        const auto major = static_cast<Major>(first >> 5);
        const auto low = static_cast<std::uint8_t>(first & 31);
        if (major == Major::simple) return simple(low);
        const auto number = argument(low);
        if (!number) return std::nullopt;
        switch (major) {
            case Major::unsigned_integer: return Value{*number};
            case Major::negative_integer: return Value{-1 - *number};
            case Major::bytes: return byte_string(*number);
            case Major::text: return text(*number);
            case Major::array: return array(*number, depth);
            case Major::map: return map(*number, depth);
            default: return std::nullopt;
        }
    }

  private:
    static std::optional<Value> simple(std::uint8_t low) {
        switch (low) {
            case 20: return Value{false};
            case 21: return Value{true};
            case 22: return Value{nullptr};
            default: return std::nullopt;
        }
    }

    /// The number in the head. A longer form than need be means the same: some authenticators write one.
    std::optional<std::int64_t> argument(std::uint8_t low) {
        if (low < 24) return low;
        std::uint64_t number = 0;
        switch (low) {
            case 24: number = bytes_.u8(); break;
            case 25: number = bytes_.u16(); break;
            case 26: number = bytes_.u32(); break;
            case 27: number = bytes_.u64(); break;
            default: return std::nullopt;
        }
        if (bytes_.failed() || number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        return static_cast<std::int64_t>(number);
    }

    std::optional<BytesView> take(std::int64_t size) {
        if (size > static_cast<std::int64_t>(bytes_.remaining())) return std::nullopt;
        return bytes_.bytes(static_cast<std::size_t>(size));
    }

    std::optional<Value> byte_string(std::int64_t size) {
        const auto taken = take(size);
        if (!taken) return std::nullopt;
        return Value{Bytes{taken->begin(), taken->end()}};
    }

    std::optional<Value> text(std::int64_t size) {
        const auto taken = take(size);
        if (!taken || !is_utf8(as_text(*taken))) return std::nullopt;
        return Value{std::string{as_text(*taken)}};
    }

    std::optional<Value> array(std::int64_t count, int depth) {
        Array all;
        for (std::int64_t i = 0; i < count; ++i) {
            auto item = value(depth + 1);
            if (!item) return std::nullopt;
            all.push_back(std::move(*item));
        }
        return Value{std::move(all)};
    }

    std::optional<Value> map(std::int64_t count, int depth) {
        Map all;
        for (std::int64_t i = 0; i < count; ++i) {
            auto key = value(depth + 1);
            if (!key || (key->integer() == nullptr && key->text() == nullptr)) return std::nullopt;
            if (std::ranges::any_of(all.entries, [&](const auto& entry) { return entry.key == *key; })) return std::nullopt;
            auto item = value(depth + 1);
            if (!item) return std::nullopt;
            all.entries.push_back({std::move(*key), std::move(*item)});
        }
        return Value{std::move(all)};
    }

    ByteReader& bytes_;
    int items_ = 0;
};

template <class Key>
const Value* find_entry(const Map& map, const Key& key) {
    const auto found = std::ranges::find_if(map.entries, [&](const auto& entry) {
        const auto* own = std::get_if<Key>(&entry.key.data);
        return own != nullptr && *own == key;
    });
    return found == map.entries.end() ? nullptr : &found->value;
}

}  // namespace

bool Map::operator==(const Map& other) const { return entries == other.entries; }

const Value* find(const Map& map, std::int64_t key) { return find_entry(map, key); }
const Value* find(const Map& map, std::string_view key) { return find_entry(map, std::string{key}); }

std::optional<Value> read(ByteReader& reader) { return Reader{reader}.value(0); }

}  // namespace ae::factors::cbor
