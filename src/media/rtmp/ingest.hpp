// The port through which a publisher is let in. `media` declares the question; `app/wiring.cpp` plugs in who answers (`live`).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "io/shard.hpp"
#include "media/codec/frame.hpp"

namespace ae::media {

/// Who knocks, and with what.
struct PublishRequest {
    std::string protocol;  // "rtmp"
    std::string app;       // the application name: "live"
    Secret key;            // the stream key, without its query
    std::string address;   // the publisher's address, without port
    std::string encoder;   // what it says of itself: flashVer, or the metadata's encoder
};

/// The way back to a publisher's connection. Owned by the connection; safe to call from any thread, also after it closed.
class PublisherControl {
  public:
    virtual ~PublisherControl() = default;
    /// Ends the publish; the encoder is told `NetStream.Publish.*` with this sentence.
    virtual void stop(std::string reason) = 0;
};

/// A publish in progress, on its channel's home shard: every call is made there. Destroying it is losing the connection without a goodbye.
class Publication {
  public:
    virtual ~Publication() = default;
    /// The publisher's tracks and whatever it says of itself (onMetaData: encoder, bitrates); may come again.
    virtual void on_frame(FramePtr frame) = 0;
    /// The publisher said goodbye (FCUnpublish, deleteStream): the broadcast may end without waiting for a reconnect.
    virtual void on_goodbye() = 0;
};

/// What a grant gives: the shard to move the connection to, and the function that makes the publication there.
struct PublishGrant {
    std::string channel_id;
    std::string slug;
    io::Shard* home = nullptr;
    /// Called once, on `home`. The control stays usable as long as the shared pointer lives. Refuses `publisher_active`.
    std::function<Result<std::unique_ptr<Publication>>(std::shared_ptr<PublisherControl>)> begin;
};

class IngestGate {
  public:
    virtual ~IngestGate() = default;
    /// Refuses `stream_key_missing`, `stream_key_unknown`, `too_many_attempts`, `publisher_active`; `detail` is the sentence that
    /// the encoder shows its user.
    virtual io::Task<Result<PublishGrant>> admit(PublishRequest request) = 0;
};

}  // namespace ae::media
