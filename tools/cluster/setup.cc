#include "tools/cluster/setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <asio/ip/tcp.hpp>
#include <set>
#include <system_error>

namespace octet::cluster {
namespace {

/// Two ports for each node, the first for the others and the second for us; those of the gateway
/// come last.
std::uint16_t port_of(const Setup& setup, int id) {
  return static_cast<std::uint16_t>(id == Gateway::id ? setup.first_port + 2 * setup.nodes
                                                      : setup.first_port + id - 1);
}

/// What every node is told.
std::vector<std::string> who_is_where(const Setup& setup) {
  std::vector<std::string> words = {"--nodes"};
  for (int id = 1; id <= setup.nodes; ++id) {
    words.push_back(fmt::format("{}={}", id, port_of(setup, id)));
  }
  if (setup.gateway) {
    words.insert(words.end(),
                 {"--clients", fmt::format("{}={}", Gateway::id, port_of(setup, Gateway::id))});
  }
  return words;
}

}  // namespace

std::string name_of(int id) {
  return id == Gateway::id ? std::string(Gateway::name) : std::to_string(id);
}

std::vector<int> ids_of(const Setup& setup) {
  std::vector<int> ids;
  for (int id = 1; id <= setup.nodes; ++id) ids.push_back(id);
  if (setup.gateway) ids.push_back(Gateway::id);
  return ids;
}

std::uint16_t control_of(const Setup& setup, int id) {
  const int behind = id == Gateway::id ? 1 : setup.nodes;
  return static_cast<std::uint16_t>(port_of(setup, id) + behind);
}

std::vector<std::string> command_of(const Setup& setup, int id) {
  const bool is_gateway = id == Gateway::id;
  std::vector<std::string> command = {
      (is_gateway ? setup.gateway->program : setup.program).string(),
      "--id",
      std::to_string(id),
      "--control",
      std::to_string(control_of(setup, id)),
      "--data",
      (setup.data / name_of(id)).string()};
  if (is_gateway) command.insert(command.end(), {"--serve", std::to_string(setup.gateway->port)});
  const std::vector<std::string> others = who_is_where(setup);
  command.insert(command.end(), others.begin(), others.end());
  return command;
}

std::optional<std::uint16_t> taken_port(asio::io_context& io, const Setup& setup) {
  std::set<std::uint16_t> ports;
  if (setup.gateway) ports.insert(setup.gateway->port);
  for (const int id : ids_of(setup)) {
    for (const std::uint16_t port : {port_of(setup, id), control_of(setup, id)}) {
      if (!ports.insert(port).second) return port;
    }
  }
  for (const std::uint16_t port : ports) {
    try {
      const asio::ip::tcp::acceptor listens(io, {asio::ip::address_v4::loopback(), port});
    } catch (const std::system_error&) {
      return port;
    }
  }
  return std::nullopt;
}

}  // namespace octet::cluster
