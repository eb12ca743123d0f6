#include "runtime/tcp/places.h"

#include <charconv>
#include <stdexcept>
#include <string_view>

namespace octet::tcp {
namespace {

template <class Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::map<NodeId, asio::ip::tcp::endpoint> places_of(const std::vector<std::string>& texts) {
  std::map<NodeId, asio::ip::tcp::endpoint> nodes;
  for (const std::string& text : texts) {
    const std::string_view all = text;
    const auto equals = all.find('=');
    std::uint32_t id = 0;
    std::uint16_t port = 0;
    if (equals == std::string::npos || !parse_number(all.substr(0, equals), id) ||
        !parse_number(all.substr(equals + 1), port)) {
      throw std::runtime_error("\"" + text + "\" is no node; write NUMBER=PORT");
    }
    if (!nodes.emplace(id, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port))
             .second) {
      throw std::runtime_error("node " + std::to_string(id) + " is named twice");
    }
  }
  return nodes;
}

}  // namespace octet::tcp
