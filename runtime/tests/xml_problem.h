#pragma once

#include <expat.h>

#include <memory>
#include <string>
#include <string_view>

namespace octet {

/// What a parser has against it, and where; empty when it is well-formed XML.
inline std::string xml_problem(std::string_view xml) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), XML_ParserFree);
  const auto size = static_cast<int>(xml.size());
  if (XML_Parse(parser.get(), xml.data(), size, XML_TRUE) == XML_STATUS_OK) return {};
  const auto at = static_cast<std::size_t>(XML_GetCurrentByteIndex(parser.get()));
  return std::string(XML_ErrorString(XML_GetErrorCode(parser.get())))
      .append(": ")
      .append(xml.substr(at, 60));
}

}  // namespace octet
