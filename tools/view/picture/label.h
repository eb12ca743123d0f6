#pragma once

#include <string>
#include <string_view>

#include "runtime/trace/event.h"

/// The few words that stand beside an event in the picture.
namespace octet::view {

/// How much a label is to be seen.
enum class Loudness { loud, quiet, fault };

/// "asked Append {entry: "red"}". The names of messages stand alone: their arrows say the rest.
/// `lost` is the message that was lost, when this is a loss and the trace has it.
std::string label_of(const trace::Event& event, const trace::Event* lost);

Loudness loudness_of(trace::Event::Kind kind);

/// JSON without the quotes around names: {number: 1, entry: "one"}. What is no JSON stays as it is.
std::string brief_json(std::string_view json);

}  // namespace octet::view
