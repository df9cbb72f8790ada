#include "media/rtmp/command.hpp"

#include "media/flv/amf0.hpp"

namespace ae::media::rtmp {

Result<Command> parse_command(MessageType type, BytesView body) {
    if (type == MessageType::command_amf3 && !body.empty() && body[0] == 0) body = body.subspan(1);
    auto values = amf::read_all_amf0(body, {.depth = 8, .values = 1'000});
    if (!values) {
        if (values.error().kind == Errc::too_large) return values.error();
        return Error{Errc::invalid, "command_malformed", "A command cannot be read."};
    }
    if (values->empty() || !values->front().is_text() || values->front().text.empty()) {
        return Error{Errc::invalid, "command_malformed", "A command has no name."};
    }
    Command command;
    command.name = std::move(values->front().text);
    if (values->size() > 1) command.transaction = amf::to_number(&(*values)[1]);
    if (values->size() > 2) command.object = std::move((*values)[2]);
    for (std::size_t i = 3; i < values->size(); ++i) command.arguments.push_back(std::move((*values)[i]));
    return command;
}

Bytes write_command(std::string_view name, double transaction, std::initializer_list<amf::Value> values) {
    Bytes out;
    amf::write_amf0(out, amf::text(name));
    amf::write_amf0(out, amf::number(transaction));
    for (const auto& value : values) amf::write_amf0(out, value);
    return out;
}

amf::Value status(std::string_view level, std::string_view code, std::string_view description) {
    auto object = amf::object();
    object.add("level", amf::text(level)).add("code", amf::text(code)).add("description", amf::text(description));
    return object;
}

}  // namespace ae::media::rtmp
