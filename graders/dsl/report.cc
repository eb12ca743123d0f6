#include "graders/dsl/report.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace octet::grading {
namespace {

Report* attached = nullptr;

Report* map(int descriptor) {
  void* const memory =
      mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  return static_cast<Report*>(memory);  // zeroed memory is an empty report
}

}  // namespace

Report* make_report(int& descriptor) {
  descriptor = memfd_create("report", 0);
  if (descriptor < 0 || ftruncate(descriptor, sizeof(Report)) != 0) {
    throw std::system_error(errno, std::generic_category(), "memfd_create");
  }
  return map(descriptor);
}

void attach_report(int descriptor) {
  attached = map(descriptor);
  close(descriptor);
}

Report* report() {
  return attached;
}

}  // namespace octet::grading
