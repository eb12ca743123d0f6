# Asio without Boost ships headers only and no CMake package.
# Defines the target Asio::Asio; its non-template code is compiled once, in
# runtime/asio.cc, instead of in every file that includes it.
find_path(ASIO_INCLUDE_DIR asio.hpp)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Asio REQUIRED_VARS ASIO_INCLUDE_DIR)
if(Asio_FOUND AND NOT TARGET Asio::Asio)
  add_library(Asio::Asio INTERFACE IMPORTED)
  target_include_directories(Asio::Asio SYSTEM INTERFACE ${ASIO_INCLUDE_DIR})
  # Asio 1.22 finds aligned_alloc() only in files that have included something of the library before
  # it, and then one file would free what another one has made with operator new.
  target_compile_definitions(Asio::Asio INTERFACE ASIO_STANDALONE ASIO_SEPARATE_COMPILATION
                                                  ASIO_DISABLE_STD_ALIGNED_ALLOC)
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # Asio 1.22 looks for the coroutines of a technical specification, which Clang has left behind.
    target_compile_definitions(Asio::Asio INTERFACE ASIO_HAS_CO_AWAIT)
  endif()
  target_link_libraries(Asio::Asio INTERFACE Threads::Threads)
endif()
mark_as_advanced(ASIO_INCLUDE_DIR)
