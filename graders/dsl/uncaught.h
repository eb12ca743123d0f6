#pragma once

#include <string>

namespace octet::grading {

/// The exception that is being handled, for people: "std::out_of_range: vector::at".
std::string describe_current_exception();

}  // namespace octet::grading
