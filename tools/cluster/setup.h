#pragma once

#include <asio/io_context.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which processes a cluster is made of, and where they find each other.
namespace octet::cluster {

/// A node that is no member, and through which other programs use the cluster.
struct Gateway {
  static constexpr int id = 100;
  static constexpr std::string_view name = "gateway";

  std::filesystem::path program;
  std::uint16_t port = 0;  // where these find it
};

/// Knows what the nodes are about, which we do not: what a person types and we do not know is for
/// it. It talks to the nodes at their control ports. It has such a port itself, where it is told
/// lines, and it prints what it has to say.
struct Operator {
  static constexpr int id = 101;
  static constexpr std::string_view name = "operator";

  std::filesystem::path program;
  bool on_terminal = false;  // it may use colours, and draw anew what it has drawn
};

struct Setup {
  std::filesystem::path program;    // of one node, as tcp::run_process reads its arguments
  std::filesystem::path data = {};  // a folder for each node is made in it, and kept
  int nodes = 2;
  int spares = 0;                // nodes that are no members yet; their numbers come after those
  std::uint16_t first_port = 0;  // of two for each node, two for the gateway, one for the operator
  std::optional<std::uint16_t> serve = {};  // where other programs find node 1; node 2 is next
  std::vector<std::string> options = {};    // of the program, for every node
  std::optional<Gateway> gateway = {};
  std::optional<Operator> directed_by = {};
};

/// 1, 2, ... and the gateway's.
std::vector<int> ids_of(const Setup& setup);

/// What people call it: "1", "gateway".
std::string name_of(int id);

/// The port on which we talk to it, or to the operator.
std::uint16_t control_of(const Setup& setup, int id);

/// How its process is started, or that of the operator.
std::vector<std::string> command_of(const Setup& setup, int id);

/// The first port that another program has, or that is meant for two things.
std::optional<std::uint16_t> taken_port(asio::io_context& io, const Setup& setup);

}  // namespace octet::cluster
