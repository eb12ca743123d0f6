# How every file of the project is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# Lines are what stack traces need of debug information; all of it takes a fifth of the time. A solution
# has it all (stage.cmake).
set(CMAKE_CXX_FLAGS_DEBUG -g1)

# Paths in messages are those of the tree, on every machine; ccache may have made them relative.
add_compile_options(-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/= -fmacro-prefix-map=../../=)

find_program(CCACHE ccache)
if(CCACHE)
  # It asks the compiler what a file includes, instead of a preprocessor before that.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_DEPEND=1 ${CCACHE})
endif()

# parse_once(TARGET HEADERS...), or parse_once(TARGET REUSE_FROM OTHER)
#
# Headers that all files of a target have in common are parsed once. Without ccache, which would read
# all that came of it, some 100 MB, for each file: that takes longer than to compile one.
function(parse_once target)
  if(ARGV1 STREQUAL REUSE_FROM)
    target_precompile_headers(${target} ${ARGN})
  else()
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
  set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "")
endfunction()

# What is ours is compiled in groups, the files of a group as one: most of the time is taken by headers
# that they have in common. A student's files, and patched ones, are compiled each by itself.
option(OCTET_GROUPS "Compile our own files in groups; off for tools that look at one file" ON)
set(CMAKE_UNITY_BUILD ${OCTET_GROUPS})

# group_by_first_word(TARGET FILES...): leaders_test.cc goes with leaders_watch.cc, and not with others,
# so that one object file knows one subject (tools/testing/reach.h).
function(group_by_first_word target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  foreach(file IN LISTS ARGN)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX REPLACE "_.*" "" group ${name})
    set_source_files_properties(${file} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()

# For what long runs depend on, in every build.
set(optimised -O2)

set(OCTET_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")
if(OCTET_SANITIZE)
  set(optimised -O1)  # is compiled in three quarters of the time
  # No vptr: that check opens a pipe to see whether an object can be read, so it takes every object
  # for a broken one while a test keeps a server short of descriptors.
  add_compile_options(-fsanitize=${OCTET_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OCTET_SANITIZE})
  if(OCTET_SANITIZE MATCHES thread)
    # The thread sanitizer knows no fences. Asio uses them beside its locks, which it does know.
    add_compile_definitions(ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

# Our own code compiles without a warning; a student's may warn.
add_library(octet_warnings INTERFACE)
target_compile_options(octet_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # Its -Wconversion is about signs too, unlike GCC's; and GCC 12's own std::stable_sort calls what
  # C++17 has deprecated.
  target_compile_options(octet_warnings INTERFACE -Wno-sign-conversion -Wno-deprecated-declarations)
else()
  # When it optimises, GCC 12 is wrong about std::string's own code (its bug 105651), in many ways,
  # and about empty optionals that nobody reads (its bug 80635).
  target_compile_options(octet_warnings INTERFACE
    -Wno-array-bounds -Wno-free-nonheap-object -Wno-maybe-uninitialized -Wno-restrict
    -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(OCTET_GROUPS)
  # It takes the files of a group for headers, in which names of one file alone would be a mistake.
  target_compile_options(octet_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
add_library(octet_strict INTERFACE)
target_link_libraries(octet_strict INTERFACE octet_warnings)
target_compile_options(octet_strict INTERFACE -Werror)
