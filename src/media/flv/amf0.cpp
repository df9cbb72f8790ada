#include "media/flv/amf0.hpp"

#include <bit>

#include "media/flv/amf3.hpp"

namespace ae::media::amf {

namespace {

enum Marker : std::uint8_t {
    kNumber = 0,
    kBoolean = 1,
    kString = 2,
    kObject = 3,
    kNull = 5,
    kUndefined = 6,
    kReference = 7,
    kEcmaArray = 8,
    kObjectEnd = 9,
    kStrictArray = 10,
    kDate = 11,
    kLongString = 12,
    kUnsupported = 13,
    kXml = 15,
    kTypedObject = 16,
    kAmf3 = 17,
};

void write_text(Bytes& out, std::string_view value) {
    if (value.size() <= 0xffff) ByteWriter{out}.u8(kString).u16(value.size()).text(value);
    else ByteWriter{out}.u8(kLongString).u32(value.size()).text(value);
}

void write_named(Bytes& out, const Value& value) {
    for (std::size_t i = 0; i < value.names.size(); ++i) {
        const auto name = std::string_view{value.names[i]}.substr(0, 0xffff);
        ByteWriter{out}.u16(name.size()).text(name);
        write_amf0(out, value.items[i]);
    }
    ByteWriter{out}.u16(0).u8(kObjectEnd);
}

}  // namespace

bool Amf0Reader::spend() {
    if (++spent_ > limits_.values) too_large_ = true;
    return !too_large_;
}

std::string Amf0Reader::short_text() { return std::string{as_text(in_.bytes(in_.u16()))}; }
std::string Amf0Reader::long_text() { return std::string{as_text(in_.bytes(in_.u32()))}; }

void Amf0Reader::named_items(Value& into, std::size_t depth) {
    while (!in_.failed() && !malformed_ && spend()) {
        auto name = short_text();
        if (name.empty() && !in_.rest().empty() && in_.rest()[0] == kObjectEnd) {
            in_.u8();
            return;
        }
        auto item = value(depth + 1);
        if (malformed_ || too_large_ || in_.failed()) return;
        into.add(std::move(name), std::move(item));
    }
}

void Amf0Reader::plain_items(Value& into, std::size_t depth) {
    const auto count = in_.u32();
    for (std::uint32_t i = 0; i < count && !in_.failed() && !malformed_ && !too_large_; ++i) into.items.push_back(value(depth + 1));
}

Value Amf0Reader::amf3_value(std::size_t depth) {
    Amf3Reader inner{in_.rest(), Limits{limits_.depth - depth, limits_.values - spent_}};
    auto read = inner.next();
    if (!read) {
        (read.error().reason == "amf_too_large" ? too_large_ : malformed_) = true;
        return {};
    }
    in_ = ByteReader{inner.rest()};
    spent_ += inner.spent();
    return std::move(*read);
}

Value Amf0Reader::value(std::size_t depth) {
    if (depth >= limits_.depth) too_large_ = true;
    if (!spend()) return {};
    Value out;
    const auto marker = in_.u8();
    switch (marker) {
        case kNumber: return number(std::bit_cast<double>(in_.u64()));
        case kBoolean: return boolean(in_.u8() != 0);
        case kString: return {.type = Value::Type::text, .text = short_text()};
        case kXml:
        case kLongString: return {.type = Value::Type::text, .text = long_text()};
        case kNull: return null();
        case kUndefined:
        case kUnsupported: return {};
        case kReference: in_.u16(); return {};
        case kTypedObject: short_text(); [[fallthrough]];
        case kObject:
            out.type = Value::Type::object;
            named_items(out, depth);
            return out;
        case kEcmaArray:
            // The count is a hint that many encoders get wrong; the end marker decides.
            in_.u32();
            out.type = Value::Type::ecma_array;
            named_items(out, depth);
            return out;
        case kStrictArray:
            out.type = Value::Type::array;
            plain_items(out, depth);
            return out;
        case kDate:
            out.type = Value::Type::date;
            out.number = std::bit_cast<double>(in_.u64());
            in_.u16();
            return out;
        case kAmf3: return amf3_value(depth);
        default: malformed_ = true; return {};
    }
}

Result<Value> Amf0Reader::next() {
    auto out = value(0);
    if (too_large_) return Error{Errc::too_large, "amf_too_large", "The AMF value is too deep or has too many parts."};
    if (malformed_ || in_.failed()) return Error{Errc::invalid, "amf_malformed", "The AMF value cannot be read."};
    return out;
}

Result<std::vector<Value>> read_all_amf0(BytesView bytes, Limits limits) {
    Amf0Reader reader{bytes, limits};
    std::vector<Value> values;
    while (!reader.done()) {
        auto value = reader.next();
        if (!value) return value.error();
        values.push_back(std::move(*value));
    }
    return values;
}

void write_amf0(Bytes& out, const Value& value) {
    ByteWriter writer{out};
    switch (value.type) {
        case Value::Type::undefined: writer.u8(kUndefined); return;
        case Value::Type::null: writer.u8(kNull); return;
        case Value::Type::number: writer.u8(kNumber).u64(std::bit_cast<std::uint64_t>(value.number)); return;
        case Value::Type::boolean: writer.u8(kBoolean).u8(value.boolean ? 1 : 0); return;
        case Value::Type::bytes:
        case Value::Type::text: write_text(out, value.text); return;
        case Value::Type::date: writer.u8(kDate).u64(std::bit_cast<std::uint64_t>(value.number)).u16(0); return;
        case Value::Type::object:
            writer.u8(kObject);
            write_named(out, value);
            return;
        case Value::Type::ecma_array:
            writer.u8(kEcmaArray).u32(value.items.size());
            write_named(out, value);
            return;
        case Value::Type::array:
            writer.u8(kStrictArray).u32(value.items.size());
            for (const auto& item : value.items) write_amf0(out, item);
            return;
    }
}

}  // namespace ae::media::amf
