#pragma once

#include <asio/ip/tcp.hpp>
#include <map>
#include <string>
#include <vector>

#include "runtime/node.h"

namespace octet::tcp {

/// Where nodes are on this machine, as command lines say it: "2=7002" is node 2 at port 7002.
/// Throws std::runtime_error when a text is not like that, or a node is named twice.
std::map<NodeId, asio::ip::tcp::endpoint> places_of(const std::vector<std::string>& texts);

}  // namespace octet::tcp
