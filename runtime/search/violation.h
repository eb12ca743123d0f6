#pragma once

#include <exception>
#include <stdexcept>
#include <string>

#include "runtime/check.h"

namespace octet::search {

/// What is wrong, in a sentence that becomes the result's violation. Thrown by who notices.
struct Violation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Calls what a student or a test has written. Whatever it throws becomes a Violation that begins
/// with `name()`: "view() of Toy threw: no such index".
template <class Call, class Name>
decltype(auto) guarded(Call call, Name name) {
  try {
    return call();
  } catch (const Violation&) {
    throw;  // an invariant calls view(), which is guarded itself
  } catch (const NotWritten&) {
    throw;  // there is nothing to judge yet
  } catch (const std::exception& error) {
    throw Violation(name() + " threw: " + error.what());
  } catch (...) {
    throw Violation(name() + " threw: something that is no std::exception");
  }
}

}  // namespace octet::search
