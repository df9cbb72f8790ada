# Two precompiled headers: the standard library for all, and Asio for rooms that do input and output.
#
# Not CMake's own: that puts absolute paths into every command, and then no two work trees share a compiled file in ccache. Here the header
# is an object named by a path that is the same in every tree, and ccache takes a sum of what is in it (CCACHE_PCH_EXTSUM) for its bytes.
function(ae_precompiled kind)
  add_library(ae_pch_${kind}_flags INTERFACE)
  target_link_libraries(ae_pch_${kind}_flags INTERFACE ae_boost fmt::fmt-header-only)

  set(header ${CMAKE_SOURCE_DIR}/cmake/pch_${kind}.hpp)
  set(unit ${CMAKE_BINARY_DIR}/pch_${kind}.cpp)
  file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${header}\"\n")
  add_library(ae_pch_${kind} OBJECT ${unit})
  target_link_libraries(ae_pch_${kind} PRIVATE ae_pch_${kind}_flags)
  target_compile_options(ae_pch_${kind} PRIVATE -xc++-header -fpch-instantiate-templates)
  # The compiled header itself names this tree's files: it stays out of the cache.
  set_target_properties(ae_pch_${kind} PROPERTIES CXX_COMPILER_LAUNCHER "")

  file(SHA256 ${header} sum)
  string(APPEND sum " ${CMAKE_CXX_COMPILER_VERSION} ${Boost_VERSION} ${fmt_VERSION}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/CMakeFiles/ae_pch_${kind}.dir/pch_${kind}.cpp.o.sum CONTENT "${sum}\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
endfunction()

# The sources of a target see the header.
function(ae_use_precompiled target kind)
  set(object CMakeFiles/ae_pch_${kind}.dir/pch_${kind}.cpp.o)
  target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include-pch ${object}>")
  add_dependencies(${target} ae_pch_${kind})
  # At the end of the folder, when every source is known.
  cmake_language(EVAL CODE "cmake_language(DEFER CALL ae_compile_after ${target} ${CMAKE_BINARY_DIR}/${object})")
endfunction()

function(ae_compile_after target object)
  get_target_property(sources ${target} SOURCES)
  set_property(SOURCE ${sources} APPEND PROPERTY OBJECT_DEPENDS ${object})
endfunction()

ae_precompiled(std)
ae_precompiled(asio)
