// The NAL units of an access unit in length-prefixed form (ISO 14496-15), for H.264 and HEVC.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"

namespace ae::media {

struct AccessUnit {
    /// It holds an IDR slice: decoding can start here. A recovery point or an HEVC CRA is not one: frames after it may refer to before it.
    bool idr = false;
    /// It holds a slice of any kind; without one it is parameter sets or messages only.
    bool picture = false;
};

/// Checks every length and looks at every unit. Lengths that are not 4 bytes long are rewritten in place, and units of no bytes
/// left out. Refuses `nal_length_wrong` when a length runs past the end or the unit holds nothing; the payload is then unspecified.
Result<AccessUnit> normalise_access_unit(Bytes& payload, unsigned length_size, Codec codec);

}  // namespace ae::media
