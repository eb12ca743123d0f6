#include "graders/dsl/uncaught.h"

#include <cxxabi.h>

#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <typeinfo>

namespace octet::grading {
namespace {

std::string type_name() {
  const std::type_info* const type = abi::__cxa_current_exception_type();
  if (!type) return "std::terminate was called";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : type->name();
}

}  // namespace

std::string describe_current_exception() {
  const std::exception_ptr current = std::current_exception();
  if (!current) return type_name();
  try {
    std::rethrow_exception(current);
  } catch (const std::bad_alloc&) {
    return "out of memory, uncaught " + type_name();
  } catch (const std::exception& exception) {
    return "uncaught exception " + type_name() + ": " + exception.what();
  } catch (...) {
    return "uncaught exception of type " + type_name();
  }
}

}  // namespace octet::grading
