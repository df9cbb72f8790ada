// What an operator can tell the server: the same commands for a running server (admin socket) and for the command line alone.
#pragma once

#include <functional>

#include "app/admin_socket.hpp"
#include "channels/channel_service.hpp"
#include "channels/stream_key_service.hpp"
#include "net/mail/post_office.hpp"

namespace ae::app {

/// What the commands need of the house.
struct AdminNeeds {
    channels::ChannelService& channels;
    channels::StreamKeyService& keys;
    /// `rtmp://host:port/live`: what an operator pastes into OBS.
    std::string ingest_url;
    /// Cuts a channel's publisher off and says why; does nothing when no server runs.
    std::function<io::Task<>(channels::ChannelId, std::string reason)> cut_publisher;
    /// Null: no server runs.
    mail::PostOffice* post = nullptr;
};

/// `channel.create {name, slug}`, `channel.list {}`, `channel.show {slug}`, `channel.delete {slug}`, `channel.rotate_key {slug}`.
/// `mail.test {to}` sends a mail, and refuses `server_not_running` without one.
/// Answers are objects for programs; stream keys are in those of create, show and rotate_key alone.
AdminCommands admin_commands(AdminNeeds needs);

}  // namespace ae::app
