# Writes C++ that holds the text of files:
#   cmake -DOUT=page_files.cc -DFOLDER=tools/view/page "-DNAMES=a.html b.css" -P embed.cmake
separate_arguments(NAMES)
set(code "#include \"tools/view/page_files.h\"\n\nnamespace octet::view {\n\n")
string(APPEND code "std::span<const PageFile> page_files() {\n  static constexpr PageFile files[] = {\n")
foreach(name IN LISTS NAMES)
  file(READ ${FOLDER}/${name} text)
  if(text MATCHES "\\)octet_page\"")
    message(FATAL_ERROR "${name} holds what ends a raw string here")
  endif()
  string(APPEND code "      {\"${name}\", R\"octet_page(${text})octet_page\"},\n")
endforeach()
string(APPEND code "  };\n  return files;\n}\n\n}  // namespace octet::view\n")
file(WRITE ${OUT} "${code}")
