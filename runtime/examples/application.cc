#include "runtime/examples/application.h"

#include <variant>

#include "runtime/examples/primary_backup.h"

namespace octet::examples {

using primary_backup::Protocol;

Application::Application(sim::World& world, trace::ClientId self, NodeId primary)
    : world_(world), self_(self), primary_(primary) {
  world_.listen<Protocol::Output>(primary_, [this](const Protocol::Output& output) {
    hear_of(std::get<primary_backup::Stored>(output).number);
  });
}

void Application::store(const std::string& entry) {
  open_[entry] = world_.call(self_, primary_, Protocol::Input(primary_backup::Append{entry}));
}

/// A primary that has restarted tells again of what it had told before.
void Application::hear_of(std::uint64_t number) {
  // What is said to be stored is on the primary's disk, even when it is down by now.
  Protocol::Record record;
  decode(world_.durable_records(primary_).at(number - 1), record);
  const auto open = open_.extract(std::get<primary_backup::Entry>(record).entry);
  if (!open.empty()) {
    world_.end(open.mapped(), trace::Outcome::ok, primary_backup::Stored{number});
  }
}

}  // namespace octet::examples
