// AE_CHECK: for what cannot happen, with the reason it cannot. Never for input.
#pragma once

namespace ae {
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line) noexcept;
}

#define AE_CHECK(condition, why) (static_cast<bool>(condition) ? void(0) : ::ae::check_failed(#condition, why, __FILE__, __LINE__))
