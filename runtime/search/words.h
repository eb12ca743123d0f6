#pragma once

#include <cstring>
#include <span>
#include <string>

#include "runtime/search/interner.h"

namespace octet::search {

/// Keys of Numbered values are made of words, and of lists of words with their length before them.
inline void append_word(std::string& key, Id word) {
  char bytes[sizeof(word)];
  std::memcpy(bytes, &word, sizeof(word));
  key.append(bytes, sizeof(bytes));
}

inline void append_words(std::string& key, std::span<const Id> words) {
  append_word(key, static_cast<Id>(words.size()));
  for (const Id word : words) append_word(key, word);
}

}  // namespace octet::search
