// From a sent file to a picture that is kept and served.
#pragma once

#include <optional>

#include "base/id.hpp"
#include "media/job/job.hpp"
#include "media/worker/worker_pool.hpp"
#include "store/objects/object_store.hpp"
#include "uploads/picture_address.hpp"
#include "uploads/picture_owner.hpp"

namespace ae::uploads {

/// A picture that is kept, in the sizes of its kind.
struct StoredPicture {
    PictureNumber number;
    PictureKind kind = PictureKind::avatar;
};

class PictureService {
  public:
    struct Needs {
        objects::ObjectStore& store;
        media::worker::WorkerPool& workers;
        PictureOwner& owner;
        Random& random;
    };
    explicit PictureService(Needs needs) : needs_(needs) {}

    /// Refuses what the README lists. When it returns, the picture is on disk and the owner says so.
    io::Task<Result<StoredPicture>> change(PictureWish wish, Bytes file, std::optional<media::job::Crop> crop);
    /// The bytes behind `/uploads/{file}`. Refuses `upload_not_found`.
    io::Task<Result<SharedBytes>> read(std::string file);

    /// A picture with more is refused before it is decoded: 40 megapixels are what a good telephone takes.
    static constexpr std::uint64_t kMostPixels = 40'000'000;

  private:
    io::Task<Result<void>> keep(StoredPicture picture, media::job::Renditions renditions);
    io::Task<> remove(StoredPicture picture);

    Needs needs_;
};

}  // namespace ae::uploads
