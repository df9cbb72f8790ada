// The jobs themselves: values in, values out; no socket, no clock.
#pragma once

#include "media/job/job.hpp"
#include "media/workbench/decode.hpp"

namespace ae::media::workbench {

/// Faults: those of `decode_picture`, and `crop_outside`.
Done<job::Renditions> work_on(const job::PictureJob& job);
/// Faults: those of `decode_keyframe`.
Done<job::Renditions> work_on(const job::KeyframeJob& job);

/// The body of a `job` message to the body of its `done`. Faults: `job_invalid`, and those above.
Done<Bytes> work_on_message(BytesView body);

}  // namespace ae::media::workbench
