#include "base/secret.hpp"

#include <sodium.h>

namespace ae {

void Secret::wipe() noexcept { sodium_memzero(value_.data(), value_.size()); }

}  // namespace ae
