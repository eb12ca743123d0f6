#include "bench/stage3/placement_memory.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

std::size_t in_use = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(memory);
  return memory;
}

void operator delete(void* memory) noexcept {
  in_use -= malloc_usable_size(memory);  // 0 of no memory
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  operator delete(memory);
}

namespace octet::bench {

std::size_t bytes_in_use() {
  return in_use;
}

}  // namespace octet::bench
