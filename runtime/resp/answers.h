#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a server says to Redis clients, in version 2 of their protocol (RESP).
namespace octet::resp {

std::string simple(std::string_view text);
std::string bulk(std::string_view text);
std::string nil();
std::string integer(std::int64_t number);

/// Of bulk strings.
std::string array(const std::vector<std::string>& texts);

/// The first word of the text says which error it is.
std::string error(std::string_view text);

}  // namespace octet::resp
