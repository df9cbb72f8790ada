# What comes from Debian. Each library is named once; rooms ask for it by its target.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(GTest 1.12 REQUIRED)
find_package(benchmark REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
# The worker program alone links these.
pkg_check_modules(AVCODEC REQUIRED IMPORTED_TARGET libavcodec)
pkg_check_modules(AVUTIL REQUIRED IMPORTED_TARGET libavutil)
pkg_check_modules(SWSCALE REQUIRED IMPORTED_TARGET libswscale)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)

# Boost is used as headers; Asio, Beast and JSON are compiled once each, in io, net/http and base.
add_library(ae_boost INTERFACE)
target_include_directories(ae_boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_definitions(ae_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_HAS_STD_INVOKE_RESULT BOOST_ALL_NO_LIB)
target_compile_options(ae_boost INTERFACE -Wno-deprecated-declarations)
target_link_libraries(ae_boost INTERFACE Threads::Threads)
