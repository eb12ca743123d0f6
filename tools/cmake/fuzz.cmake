# Feeds codecs of a stage's reference what a fuzzer makes up: the same inputs on every run.
#
# add_fuzzers(CODECS frame_codec resp_codec DEPENDS cuts.h ../api/resp.h)
#
# Of each codec there is CODEC_fuzz.cc, which is linked with ../reference/CODEC.cc, and the folder
# corpus/CODEC to begin with. DEPENDS names the headers that they include.
#
# libFuzzer comes with Clang, so these programs are built with it, whatever builds the rest.
function(add_fuzzers)
  cmake_parse_arguments(FUZZ "" "" "CODECS;DEPENDS" ${ARGN})
  find_fuzzer()
  set(here ${CMAKE_CURRENT_SOURCE_DIR})
  set(reference ${here}/../reference)
  list(TRANSFORM FUZZ_DEPENDS PREPEND ${here}/)
  foreach(codec ${FUZZ_CODECS})
    if(NOT FUZZ_LINKS)
      add_test(NAME fuzz.${codec} COMMAND ${CMAKE_COMMAND} -E echo
               "skipped: fuzzing needs clang++ and libFuzzer (packages clang-14, libclang-rt-14-dev)")
      set_tests_properties(fuzz.${codec} PROPERTIES SKIP_REGULAR_EXPRESSION "skipped:")
      continue()
    endif()

    set(fuzzer ${CMAKE_CURRENT_BINARY_DIR}/${codec}_fuzz)
    set(scratch ${CMAKE_CURRENT_BINARY_DIR}/${codec}_findings)
    add_custom_command(
      OUTPUT ${fuzzer}
      COMMAND ${FUZZ_CXX} -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined
              -fno-sanitize-recover=all -I${CMAKE_SOURCE_DIR} -I${reference}
              ${here}/${codec}_fuzz.cc ${reference}/${codec}.cc -o ${fuzzer}
      DEPENDS ${codec}_fuzz.cc ${reference}/${codec}.cc ${reference}/${codec}.h ${FUZZ_DEPENDS}
      COMMENT "Building the fuzzer of ${codec}"
      VERBATIM)
    add_custom_target(fuzz_${codec} ALL DEPENDS ${fuzzer})
    # libFuzzer adds what it finds to the first folder; a new one each time keeps runs alike.
    add_test(
      NAME fuzz.${codec}
      COMMAND sh -c "rm -rf ${scratch} && mkdir ${scratch} && exec ${fuzzer} -runs=200000 -seed=1 \
-max_len=256 -malloc_limit_mb=16 -rss_limit_mb=1024 -artifact_prefix=${scratch}/ ${scratch} \
${here}/corpus/${codec}")
  endforeach()
endfunction()

# Sets FUZZ_CXX, and FUZZ_LINKS when it has libFuzzer.
macro(find_fuzzer)
  find_program(FUZZ_CXX NAMES clang++ clang++-19 clang++-18 clang++-17 clang++-16 clang++-15
                              clang++-14)
  if(FUZZ_CXX AND NOT DEFINED FUZZ_LINKS)
    # A Clang without its run-time library finds out only when it links.
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/probe.cc
         "extern \"C\" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }\n")
    execute_process(
      COMMAND ${FUZZ_CXX} -fsanitize=fuzzer,address,undefined probe.cc -o probe
      WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}
      RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    if(status EQUAL 0)
      set(FUZZ_LINKS ON CACHE INTERNAL "FUZZ_CXX has libFuzzer")
    endif()
  endif()
endmacro()
