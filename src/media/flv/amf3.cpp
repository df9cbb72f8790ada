#include "media/flv/amf3.hpp"

#include <bit>
#include <cmath>

namespace ae::media::amf {

namespace {

enum Marker : std::uint8_t {
    kUndefined = 0,
    kNull = 1,
    kFalse = 2,
    kTrue = 3,
    kInteger = 4,
    kDouble = 5,
    kString = 6,
    kXmlDocument = 7,
    kDate = 8,
    kArray = 9,
    kObject = 10,
    kXml = 11,
    kByteArray = 12,
};

// A string may be referred to many times; what the references unfold to is bounded.
constexpr std::size_t kMaxTextBytes = 1 << 20;

void write_u29(Bytes& out, std::uint32_t value) {
    ByteWriter writer{out};
    if (value >= 0x200000) writer.u8(0x80 | (value >> 22 & 0x7f)).u8(0x80 | (value >> 15 & 0x7f)).u8(0x80 | (value >> 8 & 0x7f)).u8(value & 0xff);
    else if (value >= 0x4000) writer.u8(0x80 | value >> 14).u8(0x80 | (value >> 7 & 0x7f)).u8(value & 0x7f);
    else if (value >= 0x80) writer.u8(0x80 | value >> 7).u8(value & 0x7f);
    else writer.u8(value);
}

void write_text(Bytes& out, std::string_view value) {
    const auto kept = value.substr(0, 0x0fffffff);
    write_u29(out, static_cast<std::uint32_t>(kept.size()) << 1 | 1);
    ByteWriter{out}.text(kept);
}

void write_named(Bytes& out, const Value& value) {
    for (std::size_t i = 0; i < value.names.size(); ++i) {
        // An empty name ends the list, so a member without a name cannot be written.
        if (value.names[i].empty()) continue;
        write_text(out, value.names[i]);
        write_amf3(out, value.items[i]);
    }
    write_text(out, "");
}

}  // namespace

bool Amf3Reader::spend() {
    if (++spent_ > limits_.values) too_large_ = true;
    return !too_large_;
}

std::uint32_t Amf3Reader::u29() {
    std::uint32_t value = 0;
    for (int i = 0; i < 3; ++i) {
        const auto byte = in_.u8();
        value = value << 7 | (byte & 0x7fu);
        if ((byte & 0x80) == 0) return value;
    }
    return value << 8 | in_.u8();
}

std::string Amf3Reader::text() {
    const auto header = u29();
    std::string out;
    if ((header & 1) == 0) {
        const auto index = header >> 1;
        if (index >= strings_.size()) malformed_ = true;
        else out = strings_[index];
    } else {
        out = as_text(in_.bytes(header >> 1));
        if (!out.empty() && spend()) strings_.push_back(out);
    }
    text_bytes_ += out.size();
    if (text_bytes_ > kMaxTextBytes) too_large_ = true;
    return out;
}

// Text, XML and byte arrays that are objects: a reference, or a length and the bytes.
Value Amf3Reader::sized_text(Value::Type type) {
    const auto header = u29();
    if ((header & 1) == 0) return null();
    return {.type = type, .text = std::string{as_text(in_.bytes(header >> 1))}};
}

Value Amf3Reader::date_value() {
    if ((u29() & 1) == 0) return null();
    return {.type = Value::Type::date, .number = std::bit_cast<double>(in_.u64())};
}

void Amf3Reader::named_items(Value& into, std::size_t depth) {
    while (!bad() && spend()) {
        auto name = text();
        if (name.empty()) return;
        auto item = value(depth + 1);
        if (bad()) return;
        into.add(std::move(name), std::move(item));
    }
}

Value Amf3Reader::array_value(std::size_t depth) {
    const auto header = u29();
    if ((header & 1) == 0) return null();
    Value named{.type = Value::Type::ecma_array};
    named_items(named, depth);
    Value plain{.type = Value::Type::array};
    for (std::uint32_t i = 0; i < header >> 1 && !bad(); ++i) plain.items.push_back(value(depth + 1));
    if (named.items.empty()) return plain;
    for (std::size_t i = 0; i < plain.items.size(); ++i) named.add(std::to_string(i), std::move(plain.items[i]));
    return named;
}

bool Amf3Reader::read_traits(std::uint32_t header, Traits& traits) {
    if ((header & 2) == 0) {
        const auto index = header >> 2;
        if (index >= traits_.size()) malformed_ = true;
        else traits = traits_[index];
        return !bad();
    }
    if ((header & 4) != 0) malformed_ = true;
    traits.dynamic = (header & 8) != 0;
    text();
    for (std::uint32_t i = 0; i < header >> 4 && !bad() && spend(); ++i) traits.names.push_back(text());
    if (!bad()) traits_.push_back(traits);
    return !bad();
}

Value Amf3Reader::object_value(std::size_t depth) {
    const auto header = u29();
    if ((header & 1) == 0) return null();
    Value out{.type = Value::Type::object};
    Traits traits;
    if (!read_traits(header, traits)) return out;
    for (auto& name : traits.names) {
        if (bad()) return out;
        auto item = value(depth + 1);
        out.add(std::move(name), std::move(item));
    }
    if (traits.dynamic) named_items(out, depth);
    return out;
}

Value Amf3Reader::value(std::size_t depth) {
    if (depth >= limits_.depth) too_large_ = true;
    if (!spend()) return {};
    switch (in_.u8()) {
        case kUndefined: return {};
        case kNull: return null();
        case kFalse: return boolean(false);
        case kTrue: return boolean(true);
        case kInteger: {
            const auto raw = static_cast<std::int32_t>(u29());
            return number(raw >= 0x10000000 ? raw - 0x20000000 : raw);
        }
        case kDouble: return number(std::bit_cast<double>(in_.u64()));
        case kString: return {.type = Value::Type::text, .text = text()};
        case kXmlDocument:
        case kXml: return sized_text(Value::Type::text);
        case kDate: return date_value();
        case kArray: return array_value(depth);
        case kObject: return object_value(depth);
        case kByteArray: return sized_text(Value::Type::bytes);
        default: malformed_ = true; return {};
    }
}

Result<Value> Amf3Reader::next() {
    auto out = value(0);
    if (too_large_) return Error{Errc::too_large, "amf_too_large", "The AMF value is too deep or has too many parts."};
    if (malformed_ || in_.failed()) return Error{Errc::invalid, "amf_malformed", "The AMF value cannot be read."};
    return out;
}

void write_amf3(Bytes& out, const Value& value) {
    ByteWriter writer{out};
    switch (value.type) {
        case Value::Type::undefined: writer.u8(kUndefined); return;
        case Value::Type::null: writer.u8(kNull); return;
        case Value::Type::boolean: writer.u8(value.boolean ? kTrue : kFalse); return;
        case Value::Type::number: writer.u8(kDouble).u64(std::bit_cast<std::uint64_t>(value.number)); return;
        case Value::Type::text:
            writer.u8(kString);
            write_text(out, value.text);
            return;
        case Value::Type::bytes:
            writer.u8(kByteArray);
            write_text(out, value.text);
            return;
        case Value::Type::date: writer.u8(kDate).u8(1).u64(std::bit_cast<std::uint64_t>(value.number)); return;
        case Value::Type::object:
            // Inline traits, dynamic, no sealed members, no class name.
            writer.u8(kObject).u8(0x0b).u8(0x01);
            write_named(out, value);
            return;
        case Value::Type::ecma_array:
            writer.u8(kArray).u8(0x01);
            write_named(out, value);
            return;
        case Value::Type::array:
            writer.u8(kArray);
            write_u29(out, static_cast<std::uint32_t>(value.items.size()) << 1 | 1);
            writer.u8(0x01);
            for (const auto& item : value.items) write_amf3(out, item);
            return;
    }
}

}  // namespace ae::media::amf
