// Nothing that we did not sign is believed, and what we sign is.
#include <cstdlib>
#include <vector>

#include "net/webhook/svix_signature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = ae::as_text({data, size});
    const std::vector<ae::Secret> keys{ae::Secret{std::string(24, 'k')}};
    const ae::WallTime now{std::chrono::seconds{1'614'265'330}};
    const auto half = text.substr(0, size / 2);
    const auto rest = text.substr(size / 2);
    (void)ae::webhook::svix_key(ae::Secret{std::string{text}});
    if (ae::webhook::verify_svix(keys, {.id = "msg", .timestamp = "1614265330", .signatures = half}, rest, now)) std::abort();
    (void)ae::webhook::verify_svix(keys, {.id = half, .timestamp = rest, .signatures = "v1,AAAA"}, text, now);
    const auto own = ae::webhook::sign_svix(keys[0], "msg", "1614265330", rest);
    const auto listed = std::string{half} + " " + own;
    const bool believed = ae::webhook::verify_svix(keys, {.id = "msg", .timestamp = "1614265330", .signatures = own}, rest, now).has_value();
    if (!believed) std::abort();
    (void)ae::webhook::verify_svix(keys, {.id = "msg", .timestamp = "1614265330", .signatures = listed}, rest, now);
    return 0;
}
