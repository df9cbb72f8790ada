#include "uploads/upload_routes.hpp"

#include <array>

#include "net/http/problem.hpp"

namespace ae::uploads {

namespace {

using media::job::Crop;

constexpr std::uint64_t kMostBodyBytes = std::uint64_t{12} << 20;
constexpr std::array<std::string_view, 4> kCropFields{"cropX", "cropY", "cropWidth", "cropHeight"};

Error crop_invalid() {
    return {Errc::unprocessable, "crop_invalid", "Send cropX, cropY, cropWidth and cropHeight as whole numbers of pixels, or none of them."};
}

std::vector<api::FormField> fields() {
    return {{"file", true, true, "The picture: PNG, JPEG, WebP or GIF (its first picture), up to 12 MB and 40 megapixels."},
            {"channel", false, false, "The id or slug of a channel of one's own; without it an avatar is the account's."},
            {"cropX", false, false, "The part to take, in pixels of the picture as it is shown; without it the middle."},
            {"cropY", false, false, "See cropX."},
            {"cropWidth", false, false, "See cropX."},
            {"cropHeight", false, false, "See cropX."}};
}

std::vector<api::Refusal> refusals() {
    return {{413, "picture_too_large", "the picture has more than 40 megapixels."},
            {422, "picture_type_unknown", "the file is none of the four types, whatever it is called."},
            {422, "picture_broken", "the picture cannot be decoded."},
            {422, "crop_invalid", "the fields of the part to take are not all whole numbers."},
            {422, "crop_outside", "the part to take is not inside the picture."},
            {422, "channel_missing", "a banner is a channel's."},
            {403, "not_yours", "the channel is somebody else's."},
            {404, "channel_not_found", "there is no such channel."},
            {404, "user_not_found", "the account is gone."},
            {503, "worker_busy", "too many pictures wait."},
            {503, "worker_crashed", "the worker ended over this picture."},
            {503, "worker_timed_out", "the worker took too long over this picture."},
            {503, "worker_unavailable", "the worker cannot be started."},
            {503, "object_store_unavailable", "the place where pictures are kept does not answer."}};
}

// The service outlives the routes.
io::Task<Result<wire::Uploaded>> change(PictureService& pictures, PictureKind kind, api::FormInput in) {
    auto crop = crop_of(in.form);
    if (!crop) co_return crop.error();
    PictureWish wish{.kind = kind, .account = in.caller.account, .admin = in.caller.role == api::Role::admin, .from = in.caller.address};
    if (const auto channel = in.form.text("channel"); !channel.empty()) wish.channel = std::string{channel};
    const auto& content = in.form.find("file")->content;
    Bytes file(content.begin(), content.end());
    in.form = {};
    const auto stored = co_await pictures.change(std::move(wish), std::move(file), *crop);
    if (!stored) co_return stored.error();
    co_return wire::uploaded_of(*stored);
}

// As above.
io::Task<http::Response> send(PictureService& pictures, http::Request request) {
    std::string file{request.path_value("file")};
    const auto bytes = co_await pictures.read(file);
    if (!bytes) {
        auto problem = http::problem_of(bytes.error());
        problem.instance = request.path;
        co_return http::problem_response(problem);
    }
    http::Response response;
    response.headers.add("content-type", file.ends_with(".webp") ? "image/webp" : "image/jpeg");
    // The bytes are ours; should a browser ever take them for a page, it can do nothing.
    response.headers.add("content-security-policy", "default-src 'none'; sandbox");
    response.body = *bytes;
    co_return response;
}

api::RouteSpec upload(std::string_view path, std::string_view name, std::string_view summary) {
    return {.method = http::Method::post,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::at_least(api::Role::signed_in),
            .rate = api::RateLimit::per(std::chrono::seconds{60}, 20),
            .body = api::BodyLimit::bytes(kMostBodyBytes),
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = refusals()};
}

}  // namespace

Result<std::optional<Crop>> crop_of(const api::Form& form) {
    std::array<std::uint32_t, 4> numbers{};
    std::size_t sent = 0;
    for (std::size_t i = 0; i < kCropFields.size(); ++i) {
        const auto* part = form.find(kCropFields[i]);
        if (part == nullptr) continue;
        ++sent;
        if (!api::read_text(part->content, numbers[i])) return crop_invalid();
    }
    if (sent == 0) return std::optional<Crop>{};
    if (sent != kCropFields.size()) return crop_invalid();
    return std::optional{Crop{numbers[0], numbers[1], numbers[2], numbers[3]}};
}

void add_upload_routes(api::Routes& routes, PictureService& pictures) {
    routes.add_form<wire::Uploaded>(upload("/api/upload/avatar", "uploads.avatar", "A new avatar for the account, or for one of its channels."),
                                    fields(), [&pictures](api::FormInput in) { return change(pictures, PictureKind::avatar, std::move(in)); });
    routes.add_form<wire::Uploaded>(upload("/api/upload/banner", "uploads.banner", "A new banner for a channel."), fields(),
                                    [&pictures](api::FormInput in) { return change(pictures, PictureKind::banner, std::move(in)); });
    routes.add_raw({.method = http::Method::get,
                    .path = "/uploads/{file}",
                    .name = "uploads.get",
                    .summary = "An uploaded picture in one size; its address is never used for another.",
                    .who = api::Who::anyone(),
                    .rate = api::RateLimit::none(),
                    .body = api::BodyLimit::none(),
                    .cache = api::CacheControl::immutable(),
                    .cors = api::Cors::any_origin(),
                    .refusals = {{404, "upload_not_found", "there is no such picture (any more)."}},
                    .quiet = true},
                   {"image/webp", "image/jpeg"}, http::Handler{[&pictures](http::Request request) { return send(pictures, std::move(request)); }});
}

}  // namespace ae::uploads
