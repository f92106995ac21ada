# Puts files into the program with .incbin, so that one binary is the whole product.

# A folder of files: `SYMBOL` becomes a table of santong::core::EmbeddedFile.
function(santong_embed_folder target symbol folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  set(out ${CMAKE_BINARY_DIR}/embedded/${symbol})
  add_custom_command(OUTPUT ${out}.S ${out}.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed_folder ${folder} ${symbol} ${out}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed_folder
    COMMENT "Embedding ${symbol}" VERBATIM)
  add_library(${target} STATIC ${out}.S ${out}.cpp)
  target_link_libraries(${target} PUBLIC santong_flags)
endfunction()

# The SQL files of all libraries, in level order.
function(santong_embed_migrations target libraries)
  set(files "")
  foreach(folder IN LISTS libraries)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/migrations/*.sql)
    list(SORT found)
    list(APPEND files ${found})
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/embedded/migrations)
  add_custom_command(OUTPUT ${out}.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed_migrations ${out}.cpp ${files}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed_migrations
    COMMENT "Embedding migrations" VERBATIM)
  add_library(${target} STATIC ${out}.cpp)
  target_link_libraries(${target} PUBLIC santong_flags)
endfunction()
