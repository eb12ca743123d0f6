#include "tools/cluster/setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <asio/ip/tcp.hpp>
#include <set>
#include <system_error>

namespace octet::cluster {
namespace {

using Words = std::vector<std::string>;

int all_nodes(const Setup& setup) {
  return setup.nodes + setup.spares;
}

/// Two ports for each node, the first for the others and the second for us; then two for the
/// gateway, and one for the operator.
std::uint16_t port_of(const Setup& setup, int id) {
  const int behind_nodes = setup.first_port + 2 * all_nodes(setup);
  const int port = id == Gateway::id    ? behind_nodes
                   : id == Operator::id ? behind_nodes + 2
                                        : setup.first_port + id - 1;
  return static_cast<std::uint16_t>(port);
}

/// "1=7700" and so on, by the port that is asked for.
template <class PortOf>
Words places(const Setup& setup, int first, int last, PortOf port) {
  Words words;
  for (int id = first; id <= last; ++id) {
    words.push_back(fmt::format("{}={}", id, port(setup, id)));
  }
  return words;
}

/// The option with these words, if there are any.
Words option(const std::string& name, const Words& words) {
  Words all = {name};
  all.insert(all.end(), words.begin(), words.end());
  return words.empty() ? Words() : all;
}

/// What every node is told, and the operator with other ports.
template <class PortOf>
Words who_is_where(const Setup& setup, PortOf port) {
  Words words = option("--nodes", places(setup, 1, setup.nodes, port));
  Words others = places(setup, setup.nodes + 1, all_nodes(setup), port);
  if (setup.gateway) {
    others.push_back(fmt::format("{}={}", Gateway::id, port(setup, Gateway::id)));
  }
  const Words clients = option("--clients", others);
  words.insert(words.end(), clients.begin(), clients.end());
  return words;
}

std::filesystem::path program_of(const Setup& setup, int id) {
  if (id == Gateway::id) return setup.gateway->program;
  return id == Operator::id ? setup.directed_by->program : setup.program;
}

/// Options that not all processes have.
Words own_options(const Setup& setup, int id) {
  if (id == Operator::id) return setup.directed_by->on_terminal ? Words{"--terminal"} : Words();
  if (id == Gateway::id) return {"--serve", std::to_string(setup.gateway->port)};
  Words words = setup.options;
  if (setup.serve) words.insert(words.end(), {"--serve", std::to_string(*setup.serve + id - 1)});
  return words;
}

std::vector<std::uint16_t> ports_of(const Setup& setup) {
  std::vector<std::uint16_t> ports;
  for (const int id : ids_of(setup)) {
    ports.insert(ports.end(), {port_of(setup, id), control_of(setup, id)});
    if (setup.serve && id != Gateway::id) {
      ports.push_back(static_cast<std::uint16_t>(*setup.serve + id - 1));
    }
  }
  if (setup.gateway) ports.push_back(setup.gateway->port);
  if (setup.directed_by) ports.push_back(control_of(setup, Operator::id));
  return ports;
}

}  // namespace

std::string name_of(int id) {
  if (id == Operator::id) return std::string(Operator::name);
  return id == Gateway::id ? std::string(Gateway::name) : std::to_string(id);
}

std::vector<int> ids_of(const Setup& setup) {
  std::vector<int> ids;
  for (int id = 1; id <= all_nodes(setup); ++id) ids.push_back(id);
  if (setup.gateway) ids.push_back(Gateway::id);
  return ids;
}

std::uint16_t control_of(const Setup& setup, int id) {
  const int behind = id == Operator::id ? 0 : id == Gateway::id ? 1 : all_nodes(setup);
  return static_cast<std::uint16_t>(port_of(setup, id) + behind);
}

std::vector<std::string> command_of(const Setup& setup, int id) {
  Words command = {program_of(setup, id).string()};
  const auto add = [&](const Words& words) {
    command.insert(command.end(), words.begin(), words.end());
  };
  if (id != Operator::id) add({"--id", std::to_string(id)});
  add({"--control", std::to_string(control_of(setup, id))});
  add({"--data", (setup.data / name_of(id)).string()});
  add(own_options(setup, id));
  add(id == Operator::id ? who_is_where(setup, control_of) : who_is_where(setup, port_of));
  return command;
}

std::optional<std::uint16_t> taken_port(asio::io_context& io, const Setup& setup) {
  std::set<std::uint16_t> ports;
  for (const std::uint16_t port : ports_of(setup)) {
    if (!ports.insert(port).second) return port;
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
