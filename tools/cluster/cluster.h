#pragma once

#include <asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cluster/member.h"
#include "tools/cluster/setup.h"

namespace octet::cluster {

/// Several nodes as processes on this machine, and a person who kills, cuts and asks.
class Cluster {
 public:
  using Print = std::function<void(const std::string&)>;

  Cluster(asio::io_context& io, const Setup& setup, Print print);

  void start();

  /// A node has ended by itself, not well, and nobody has restarted it.
  bool has_failed() const;

  /// Does what a line says: "kill 2", "cut 1 2", "input 1 append x", ... False when it says quit.
  /// What is wrong with a line is printed. An operator is told what we do not know.
  bool obey(std::string_view line);

  static constexpr std::string_view help =
      "kill N     restart N     pause N     resume N     view [N]\n"
      "cut A B    heal          input N TEXT             help     quit";

 private:
  bool act(const std::vector<std::string>& words, std::string_view line);
  bool on_one(const std::vector<std::string>& words);
  void pass_on(std::string_view line);
  void view(const std::vector<int>& which);
  void cut(int one, int other);
  void input(int id, std::string_view line);
  int number(const std::string& word) const;
  Member& member(int id) { return *members_.at(id); }

  Print print_;
  int nodes_;
  std::map<int, std::unique_ptr<Member>> members_;
  std::unique_ptr<Member> operator_;  // if there is one
};

}  // namespace octet::cluster
