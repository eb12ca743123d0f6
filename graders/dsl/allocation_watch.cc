#include "graders/dsl/allocation_watch.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OCTET_OWN_NEW 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OCTET_OWN_NEW 0
#endif
#endif
#ifndef OCTET_OWN_NEW
#define OCTET_OWN_NEW 1
#endif

namespace octet::grading {
namespace {

constexpr std::size_t refused_above = 1 << 30;

std::atomic<bool> watching = false;
std::atomic<std::size_t> largest_request = 0;

}  // namespace

AllocationWatch::AllocationWatch() {
  largest_request = 0;
  watching = true;
}

AllocationWatch::~AllocationWatch() {
  watching = false;
}

std::size_t AllocationWatch::largest() const {
  return largest_request;
}

bool AllocationWatch::works() {
  return OCTET_OWN_NEW;
}

std::size_t allocated_bytes() {
  if (!AllocationWatch::works()) return 0;
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

namespace {

[[maybe_unused]] void record(std::size_t size) {
  if (!watching.load(std::memory_order_relaxed)) return;
  std::size_t largest = largest_request.load();
  while (size > largest && !largest_request.compare_exchange_weak(largest, size)) {
  }
  if (size > refused_above) throw std::bad_alloc();
}

}  // namespace
}  // namespace octet::grading

#if OCTET_OWN_NEW
// The other forms of new and delete that we use are defined by the library in terms of these.
void* operator new(std::size_t size) {
  octet::grading::record(size);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
#endif
