// Commands: a name, a transaction, an object and arguments, in AMF0 (RTMP 1.0, 7.2) or AMF3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/flv/amf.hpp"
#include "media/rtmp/message.hpp"

namespace ae::media::rtmp {

struct Command {
    std::string name;
    double transaction = 0;
    /// The command object (connect's, a status's); null for most.
    amf::Value object;
    std::vector<amf::Value> arguments;

    /// The argument at `index`; null when there are fewer.
    const amf::Value* argument(std::size_t index) const { return index < arguments.size() ? &arguments[index] : nullptr; }
};

/// The body of a message of type `command_amf0` or `command_amf3` (whose first byte, when zero, only says that AMF0 follows).
/// Refuses `command_malformed` and `amf_too_large`.
Result<Command> parse_command(MessageType type, BytesView body);

Bytes write_command(std::string_view name, double transaction, std::initializer_list<amf::Value> values);

/// The information object of an onStatus: RTMP 1.0, 7.2.2.
amf::Value status(std::string_view level, std::string_view code, std::string_view description);

}  // namespace ae::media::rtmp
