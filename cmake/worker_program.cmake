# aethex-worker, the second program: the only one that links codec libraries. aethex-worker-test is the same with jobs that misbehave; tests run it,
# and nothing installs it.
function(ae_worker_program name main)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/src/media/workbench/program/${main})
  target_link_libraries(${name} PRIVATE ae_media_workbench)
  # Of the libraries that its rooms name, those that it uses: it must start in a few milliseconds.
  target_link_options(${name} PRIVATE -Wl,--as-needed)
endfunction()

ae_worker_program(aethex-worker main.cpp)
ae_worker_program(aethex-worker-test test_main.cpp)
# Rooms whose tests run them; called after those rooms.
function(ae_tests_run_worker)
  foreach(test IN LISTS ARGN)
    if(TARGET ${test})
      add_dependencies(${test} aethex-worker aethex-worker-test)
    endif()
  endforeach()
endfunction()
