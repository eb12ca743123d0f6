# Mutants and alternatives: patches on a stage's reference/, each linked with the stage's grader.
#
# add_variants(N) makes, of every mutants/NAME.patch and alternatives/NAME.patch of stage N,
#
#   grade_N_mutant_NAME, grade_N_alternative_NAME   the grader with the patched reference
#
# which are not part of `all`.
#
# Compiled is only what a patch affects: the files that it touches and those that include them. All
# else comes from stageN_reference and graderN.
include(CheckLinkerFlag)

function(add_variants n)
  if(NOT TARGET stage${n}_reference)
    return()  # a released tree has no reference/
  endif()
  check_linker_flag(CXX -fuse-ld=mold HAVE_MOLD)
  set(quick_linker $<$<BOOL:${HAVE_MOLD}>:-fuse-ld=mold>)  # takes a fifth of the time
  # Nobody debugs these; without debug information they take a quarter of the space. GCC is done
  # before its garbage collector would pay: that saves a fifth of the time.
  set(quick_compiler -g0 $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=2000000>)
  scan_includes()
  add_parsed_headers(stage${n}_headers)
  foreach(kind mutant alternative)
    file(GLOB patches CONFIGURE_DEPENDS ${kind}s/*.patch)
    foreach(patch IN LISTS patches)
      get_filename_component(name ${patch} NAME_WE)
      add_variant(${n} grade_${n}_${kind}_${name} ${patch})
    endforeach()
  endforeach()
endfunction()

# A target with the large headers of a stage, parsed once for all variants: that halves the time that
# most of them take to compile.
function(add_parsed_headers target)
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${target}.cc CONTENT "")
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/${target}.cc)
  parse_once(${target} ${large_header} ${CMAKE_CURRENT_SOURCE_DIR}/api/solution.h)
  target_link_libraries(${target} PRIVATE ${grading})
  target_compile_options(${target} PRIVATE ${quick_compiler})
endfunction()

# Sets `files` to the files of reference/ and api/seam/, and included_by_FILE to what FILE includes.
macro(scan_includes)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
    reference/*.h reference/*.cc api/seam/*.cc)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  foreach(file IN LISTS files)
    file(STRINGS ${file} lines REGEX "^#include \"[^/]+\"")
    list(TRANSFORM lines REPLACE "^#include \"(.+)\".*" "reference/\\1"
      OUTPUT_VARIABLE included_by_${file})
  endforeach()
endmacro()

# Sets `affected` to the files that PATCH touches and those that include them, also through others.
macro(find_affected patch)
  file(STRINGS ${patch} affected REGEX "^[+][+][+] b/[^/]+/reference/")
  list(TRANSFORM affected REPLACE "^[+][+][+] b/[^/]+/([^\t]+).*" "\\1")
  set(before)
  while(NOT "${before}" STREQUAL "${affected}")
    set(before ${affected})
    foreach(file IN LISTS files)
      foreach(header IN LISTS included_by_${file})
        if(header IN_LIST affected AND NOT file IN_LIST affected)
          list(APPEND affected ${file})
        endif()
      endforeach()
    endforeach()
  endwhile()
endmacro()

function(add_variant n program patch)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  find_affected(${patch})
  if(NOT affected)
    add_custom_target(${program})  # which makes nothing: ./lab test tells
    return()
  endif()

  set(patched ${CMAKE_CURRENT_BINARY_DIR}/patched/${program})
  foreach(list IN ITEMS names sources originals seam)
    set(${list})  # a function sees its caller's variables
  endforeach()
  foreach(file IN LISTS affected)
    if(NOT file MATCHES "^reference/(.+)")
      list(APPEND seam ${file})
      continue()
    endif()
    list(APPEND names ${CMAKE_MATCH_1})
    list(APPEND sources ${patched}/${CMAKE_MATCH_1})
    if(file IN_LIST files)  # otherwise the patch creates it
      list(APPEND originals ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endif()
  endforeach()
  add_custom_command(
    OUTPUT ${sources}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/cmake/apply_patch.sh
            ${patch} ${CMAKE_CURRENT_SOURCE_DIR}/reference ${patched} ${names}
    DEPENDS ${patch} ${originals} ${CMAKE_SOURCE_DIR}/tools/cmake/apply_patch.sh
    COMMENT "Patching ${program}"
    VERBATIM)

  string(REPLACE ";" "|" replaced "${affected}")
  add_executable(${program} EXCLUDE_FROM_ALL ${sources} ${seam}
    "$<FILTER:$<TARGET_OBJECTS:stage${n}_reference>,EXCLUDE,/(${replaced})[.]o$>"
    $<TARGET_OBJECTS:grader${n}>)
  set_target_properties(${program} PROPERTIES UNITY_BUILD OFF)
  parse_once(${program} REUSE_FROM stage${n}_headers)
  target_include_directories(${program} PRIVATE ${patched} ${CMAKE_CURRENT_SOURCE_DIR}/reference)
  target_link_libraries(${program} PRIVATE ${grading})
  target_compile_options(${program} PRIVATE ${quick_compiler})
  target_link_options(${program} PRIVATE -Wl,--strip-debug ${quick_linker})
endfunction()
