# add_stage(NUMBER 1 NAME sockets EDIT frame_codec echo_server ...)
#
# WORLDS says that its solutions are nodes, for the simulator and the other worlds. EDIT lists the
# files that a student edits, each a NAME.h, a NAME.cc or both, in starter/ and reference/. Nothing
# else of a stage is ever read from a student. Defines, for stage N:
#
#   stageN_starter, stageN_reference   object libraries: the edited files and api/seam/
#   graderN                            object library: graders/stageN-NAME/
#   grade_N_starter, grade_N_reference the graders as programs
#   demo_N_WHAT_starter, ...           demo/WHAT.cc as a program for people; WHAT_node for a cluster
#   grade_N_mutant_NAME, ...           graders of the mutants and alternatives (variants.cmake)
include(GoogleTest)
include(variants)

function(add_stage)
  cmake_parse_arguments(STAGE "WORLDS" "NUMBER;NAME" "EDIT" ${ARGN})
  set(world octet_runtime)
  set(grading octet_grading)
  set(processes)
  set(large_header <asio.hpp>)
  set(common_headers <fmt/format.h> ${CMAKE_SOURCE_DIR}/graders/dsl/graded_test.h)
  if(STAGE_WORLDS)
    set(world octet_worlds)
    set(grading octet_trials octet_hosted_nodes)
    set(processes octet_tcp)
    set(large_header ${CMAKE_SOURCE_DIR}/runtime/erase/erased_node.h)
    list(APPEND common_headers ${CMAKE_SOURCE_DIR}/graders/dsl/world/simulate.h)
  endif()
  set(here ${CMAKE_CURRENT_SOURCE_DIR})
  set(n ${STAGE_NUMBER})

  file(GLOB seam CONFIGURE_DEPENDS ${here}/api/seam/*.cc)
  set_source_files_properties(${seam} PROPERTIES COMPILE_OPTIONS "-O1;-g1")  # no code of students
  # A released tree has no reference/.
  file(GLOB solutions CONFIGURE_DEPENDS RELATIVE ${here} ${here}/starter ${here}/reference)

  foreach(solution ${solutions})
    set(sources)
    foreach(name ${STAGE_EDIT})
      if(EXISTS ${here}/${solution}/${name}.cc)
        list(APPEND sources ${here}/${solution}/${name}.cc)
      elseif(NOT EXISTS ${here}/${solution}/${name}.h)
        message(FATAL_ERROR "${here}/${solution} has neither ${name}.h nor ${name}.cc")
      endif()
    endforeach()
    add_library(stage${n}_${solution} OBJECT ${sources} ${seam})
    set_target_properties(stage${n}_${solution} PROPERTIES UNITY_BUILD OFF)
    if(NOT OCTET_SANITIZE)
      target_compile_options(stage${n}_${solution} PRIVATE $<$<CONFIG:Debug>:-g2>)
    endif()
    target_include_directories(stage${n}_${solution} PUBLIC ${here}/${solution})
    target_link_libraries(stage${n}_${solution} PUBLIC ${world})
  endforeach()
  if(TARGET stage${n}_reference)
    target_link_libraries(stage${n}_reference PRIVATE octet_strict)
  endif()
  if(TARGET stage${n}_starter)
    target_link_libraries(stage${n}_starter PRIVATE octet_warnings)
    target_compile_options(stage${n}_starter PRIVATE -Wno-unused-parameter)
  endif()

  file(GLOB grader CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/graders/stage${n}-${STAGE_NAME}/*.cc)
  add_library(grader${n} OBJECT ${grader})
  target_link_libraries(grader${n} PUBLIC ${grading} PRIVATE octet_strict)
  group_by_first_word(grader${n} ${grader})
  target_compile_options(grader${n} PRIVATE ${optimised})  # grading is to be quick in everyday work, too
  parse_once(grader${n} ${common_headers} ${here}/api/solution.h)
  foreach(solution ${solutions})
    add_executable(grade_${n}_${solution} $<TARGET_OBJECTS:grader${n}>
                                          $<TARGET_OBJECTS:stage${n}_${solution}>)
    target_link_libraries(grade_${n}_${solution} PRIVATE ${grading})
  endforeach()

  file(GLOB demos CONFIGURE_DEPENDS ${here}/demo/*.cc)
  foreach(demo ${demos})
    get_filename_component(what ${demo} NAME_WE)
    foreach(solution ${solutions})
      add_executable(demo_${n}_${what}_${solution} ${demo} $<TARGET_OBJECTS:stage${n}_${solution}>)
      target_include_directories(demo_${n}_${what}_${solution} PRIVATE ${here}/${solution})
      target_link_libraries(demo_${n}_${what}_${solution}
                            PRIVATE ${world} ${processes} octet_strict CLI11::CLI11 fmt::fmt)
    endforeach()
  endforeach()
  add_variants(${n})
endfunction()
