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

# Boost is used as headers; Asio, Beast and JSON are compiled once each, in io, net/http and base.
add_library(ae_boost INTERFACE)
target_include_directories(ae_boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_definitions(ae_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_HAS_STD_INVOKE_RESULT BOOST_ALL_NO_LIB)
target_compile_options(ae_boost INTERFACE -Wno-deprecated-declarations)
target_link_libraries(ae_boost INTERFACE Threads::Threads)

# Two precompiled headers: the standard library for all, and Asio for rooms that do input and output.
foreach(kind std asio)
  add_library(ae_pch_${kind}_flags INTERFACE)
  target_link_libraries(ae_pch_${kind}_flags INTERFACE ae_boost fmt::fmt-header-only)
  file(WRITE ${CMAKE_BINARY_DIR}/pch_${kind}.cpp.new "// the unit that owns the precompiled header\n")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/pch_${kind}.cpp.new ${CMAKE_BINARY_DIR}/pch_${kind}.cpp ONLY_IF_DIFFERENT)
  add_library(ae_pch_${kind} STATIC ${CMAKE_BINARY_DIR}/pch_${kind}.cpp)
  target_link_libraries(ae_pch_${kind} PUBLIC ae_pch_${kind}_flags)
  target_precompile_headers(ae_pch_${kind} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch_${kind}.hpp)
endforeach()
