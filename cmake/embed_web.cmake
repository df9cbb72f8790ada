# ae_web_assets: the files of web/dist as a library (src/app/web_assets.hpp). They are packed again when one of them changes; while
# there is no web/dist the table is empty and the server answers the API alone, so that C++ can be built without the web app.
set(web_dist ${CMAKE_SOURCE_DIR}/web/dist)
set(web_out ${CMAKE_BINARY_DIR}/web_assets)
set(web_tool ${CMAKE_SOURCE_DIR}/tools/web/embed.mjs)
set(web_files "")
if(AE_EMBED_WEB)
  file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${web_dist}/*)
endif()
find_program(NODE node REQUIRED)

if(web_files)
  set(web_source ${web_dist})
else()
  set(web_source ${web_out}/none)
endif()
add_custom_command(
  OUTPUT ${web_out}/web_assets.bin ${web_out}/web_assets.S ${web_out}/web_assets.cpp
  COMMAND ${NODE} ${web_tool} ${web_source} ${web_out}
  DEPENDS ${web_tool} ${web_files}
  COMMENT "packing the web app" VERBATIM)
set_source_files_properties(${web_out}/web_assets.S PROPERTIES OBJECT_DEPENDS ${web_out}/web_assets.bin)

add_library(ae_web_assets STATIC ${web_out}/web_assets.cpp ${web_out}/web_assets.S)
target_include_directories(ae_web_assets PRIVATE ${CMAKE_SOURCE_DIR}/src)
