#include "uploads/picture_service.hpp"

#include "base/log.hpp"
#include "media/job/picture_head.hpp"

namespace ae::uploads {

namespace {

using media::job::Fit;
using media::job::Renditions;

Error refusal(media::job::Fault fault) {
    const auto kind = fault == media::job::Fault::too_large ? Errc::too_large : Errc::unprocessable;
    return {kind, media::job::reason_of(fault), std::string{media::job::sentence_of(fault)}};
}

Error not_found() { return {Errc::not_found, "upload_not_found", "There is no such picture (any more)."}; }

}  // namespace

io::Task<Result<StoredPicture>> PictureService::change(PictureWish wish, Bytes file, std::optional<media::job::Crop> crop) {
    if (wish.kind == PictureKind::banner && !wish.channel) {
        co_return Error{Errc::unprocessable, "channel_missing", "A banner is a channel's: say which in the field `channel`."};
    }
    if (const auto fault = media::job::refusal_of(file, kMostPixels)) co_return refusal(*fault);

    media::job::PictureJob job{.file = std::move(file), .shape = {sizes_of(wish.kind), Fit::cover}, .crop = crop, .most_pixels = kMostPixels};
    auto made = co_await needs_.workers.picture(std::move(job));
    if (!made) co_return made.error();

    const StoredPicture picture{PictureNumber::make(needs_.random), wish.kind};
    auto kept = co_await keep(picture, std::move(*made));
    if (!kept) {
        co_await remove(picture);
        co_return kept.error();
    }
    const auto before = co_await needs_.owner.set_picture(wish, address_of(picture.number, usual_size_of(wish.kind), PictureForm::webp));
    if (!before) {
        co_await remove(picture);
        co_return before.error();
    }
    if (const auto old = *before ? PictureNumber::of_address(**before) : std::nullopt) {
        const StoredPicture replaced{*old, wish.kind};
        co_await remove(replaced);
    }
    log::info("upload.stored",
              {{"account", wish.account}, {"kind", wish.kind == PictureKind::avatar ? "avatar" : "banner"}, {"number", picture.number.str()}});
    co_return picture;
}

io::Task<Result<void>> PictureService::keep(StoredPicture picture, Renditions renditions) {
    for (auto& one : renditions.all) {
        for (auto [form, bytes] : {std::pair{PictureForm::webp, &one.webp}, std::pair{PictureForm::jpeg, &one.jpeg}}) {
            auto shared = std::make_shared<const Bytes>(std::move(*bytes));
            auto put = co_await needs_.store.put(object_of(picture.number, one.size, form), std::move(shared));
            if (!put) co_return put;
        }
    }
    co_return Result<void>{};
}

// What cannot be removed now stays: nobody knows its address any more.
io::Task<> PictureService::remove(StoredPicture picture) {
    for (const auto& size : sizes_of(picture.kind)) {
        for (const auto form : {PictureForm::webp, PictureForm::jpeg}) {
            const auto removed = co_await needs_.store.remove(object_of(picture.number, size, form));
            if (removed) continue;
            log::warn("upload.not_removed", {{"number", picture.number.str()}, {"reason", removed.error().reason}});
            co_return;
        }
    }
}

io::Task<Result<SharedBytes>> PictureService::read(std::string file) {
    const auto name = object_of_file(file);
    if (!name) co_return not_found();
    auto bytes = co_await needs_.store.get(*name);
    if (!bytes && bytes.error().kind == Errc::not_found) co_return not_found();
    co_return bytes;
}

}  // namespace ae::uploads
