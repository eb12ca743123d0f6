#include "graders/stage4-raft/text.h"

#include "graders/dsl/text.h"
#include "runtime/untrusted_text.h"

namespace octet::raft {

std::string text_of(const Entry& entry) {
  const std::string of_term = fmt::format("of term {}", number(entry.term));
  if (entry.command.empty()) return "an empty entry " + of_term;
  return fmt::format("\"{}\" {}", grading::shortened(printable(entry.command), 40), of_term);
}

}  // namespace octet::raft
