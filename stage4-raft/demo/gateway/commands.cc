#include "stage4-raft/demo/gateway/commands.h"

#include "runtime/resp/answers.h"

namespace octet::kv {
namespace {

using resp::Request;

const resp::Commands<Operation>& commands() {
  static const resp::Commands<Operation> all(
      "GET, SET, APPEND and CAS",
      {{"GET", {2, 2, [](const Request& command) { return Operation(Get{command[1]}); }}},
       {"SET",
        {3, 3,
         [](const Request& command) {
           return Operation(Put{command[1], command[2]});
         }}},
       {"APPEND",
        {3, 3,
         [](const Request& command) {
           return Operation(Append{command[1], command[2]});
         }}},
       {"CAS", {4, 4, [](const Request& command) {
                  return Operation(Cas{command[1], command[2], command[3]});
                }}}});
  return all;
}

struct AnswerOf {
  std::string operator()(const Value& got) const {
    return got.value.empty() ? resp::nil() : resp::bulk(got.value);
  }
  std::string operator()(const Stored&) const { return resp::simple("OK"); }
  std::string operator()(const Swapped& cas) const { return resp::integer(cas.swapped ? 1 : 0); }

  std::string operator()(const Done& done) const { return std::visit(AnswerOf(), done.result); }
  std::string operator()(const Failed&) const {
    return resp::error("FAILED it has not taken effect, and never will");
  }
  std::string operator()(const Unknown&) const {
    return resp::error("UNKNOWN no answer came: it may have taken effect, or may yet, or never");
  }
};

}  // namespace

resp::Wanted<Operation> wanted(const Request& command) {
  return commands().wanted(command);
}

std::string answer(const ClientOutput& end) {
  return std::visit(AnswerOf(), end);
}

}  // namespace octet::kv
