#include "runtime/search/handler.h"

#include <exception>
#include <stdexcept>

#include "runtime/check.h"
#include "runtime/erase/strange_record.h"

namespace octet::search {
namespace {

using Kind = Step::Kind;

std::vector<Bytes> records_of(const Catalogue& catalogue, const Host& host) {
  std::vector<Bytes> records;
  for (const Id record : host.records) records.push_back(catalogue.bytes[record]);
  return records;
}

/// Bytes that do not decode do nothing, but a node that cannot read its own disk has failed.
void start(const Catalogue& catalogue, const Host& host, Environment& environment, Run& run) {
  run.node = catalogue.model.make(catalogue.model.nodes[host.place]);
  const std::vector<Bytes> records = records_of(catalogue, host);
  if (!run.node->start(records, environment, run.effects)) {
    throw std::runtime_error(strange_record(*run.node, records));
  }
}

void handle(const Catalogue& catalogue, const Host& host, const Event& event,
            Environment& environment, Run& run) {
  if (event.kind == Kind::start || event.kind == Kind::restart) {
    return start(catalogue, host, environment, run);
  }
  run.node = catalogue.states.node(host.state).clone();
  if (event.kind == Kind::deliver) {
    const Message& message = catalogue.messages[event.subject];
    const NodeId from = catalogue.model.nodes[message.sender];
    run.is_understood =
        run.node->deliver(catalogue.bytes[message.bytes], from, environment, run.effects);
  } else if (event.kind == Kind::fire) {
    run.is_understood = run.node->fire(catalogue.bytes[event.subject], environment, run.effects);
  } else {
    run.is_understood = run.node->input(catalogue.bytes[event.subject], environment, run.effects);
  }
}

std::string subject_of(const Catalogue& catalogue, const AnyNode& node, const Event& event) {
  switch (event.kind) {
    case Kind::deliver:
      return shown(&node, List::message, catalogue.bytes[catalogue.messages[event.subject].bytes]);
    case Kind::fire:
      return shown(&node, List::timer, catalogue.bytes[event.subject]);
    case Kind::input:
      return shown(&node, List::input, catalogue.bytes[event.subject]);
    default:
      return "start()";
  }
}

/// A class name and a sentence, whatever was thrown.
std::string failure(const Catalogue& catalogue, const Host& host, const Event& event,
                    const Run& run, std::string_view what) {
  const std::string id = std::to_string(catalogue.model.nodes[host.place].value);
  if (run.node == nullptr) {
    const bool is_new = event.kind == Kind::start || event.kind == Kind::restart;
    return (is_new ? "making node " : "copying node ") + id + " threw: " + std::string(what);
  }
  return std::string(run.node->class_name()) + " of node " + id + " threw in " +
         subject_of(catalogue, *run.node, event) + ": " + std::string(what);
}

}  // namespace

Host consumed(Host host, const Event& event) {
  if (event.kind == Kind::fire) host.cancel_timer(event.subject);
  if (event.is_answer) {
    host.take_answer(event.subject);
  } else if (event.kind == Kind::input) {
    ++host.inputs_given;
  }
  if (event.kind == Kind::start || event.kind == Kind::restart) host.status = Host::Status::up;
  return host;
}

Run run_handler(const Catalogue& catalogue, const Host& host, const Event& event,
                Environment& environment) {
  Run run;
  try {
    handle(catalogue, host, event, environment, run);
  } catch (const NotWritten&) {
    throw;  // there is nothing to judge yet
  } catch (const std::exception& error) {
    run.failure = failure(catalogue, host, event, run, error.what());
  } catch (...) {
    run.failure = failure(catalogue, host, event, run, "something that is no std::exception");
  }
  return run;
}

std::unique_ptr<AnyNode> fresh_node(const Catalogue& catalogue, NodeId id) {
  try {
    return catalogue.model.make(id);
  } catch (...) {
    return nullptr;  // why was told when the node was made to run
  }
}

Shown show(const AnyNode* node, List list, std::string_view bytes) {
  const std::string size = std::to_string(bytes.size()) + " bytes";
  if (node == nullptr) return {.name = size, .json = {}};
  try {
    return node->show(list, bytes);
  } catch (const Undecodable&) {
    return {.name = size + " that do not decode", .json = {}};
  }
}

std::string shown(const AnyNode* node, List list, std::string_view bytes) {
  const Shown what = show(node, list, bytes);
  return what.name + what.json;
}

}  // namespace octet::search
