#include "raft_log.h"

#include <tuple>

#include "runtime/check.h"

namespace octet::raft {
namespace {

constexpr Index first{1};

}  // namespace

const Entry& RaftLog::operator[](Index index) const {
  OCTET_CHECK(first <= index && index <= last_index(), "an entry that is not in the log");
  return entries_[index - first];
}

Term RaftLog::term_at(Index index) const {
  return index < first ? Term{0} : (*this)[index].term;
}

bool RaftLog::matches(Index index, Term term) const {
  return index <= last_index() && term_at(index) == term;
}

bool RaftLog::is_behind_or_equal(Index last_index, Term last_term) const {
  return std::tuple(this->last_term(), this->last_index()) <= std::tuple(last_term, last_index);
}

Index RaftLog::retry_from(Index mismatch) const {
  if (mismatch > last_index()) return last_index() + 1;
  while (mismatch > first && term_at(mismatch - 1) == term_at(mismatch)) mismatch = mismatch - 1;
  return mismatch;
}

void RaftLog::replace(Index from, std::span<const Entry> entries) {
  OCTET_CHECK(first <= from && from <= last_index() + 1, "entries behind a gap");
  entries_.resize(from - first);
  entries_.insert(entries_.end(), entries.begin(), entries.end());
}

std::size_t RaftLog::known(Index from, std::span<const Entry> entries) const {
  std::size_t count = 0;
  while (count < entries.size() && matches(from + count, entries[count].term)) ++count;
  return count;
}

std::vector<Entry> RaftLog::read(Index from, std::size_t most_bytes) const {
  std::vector<Entry> read;
  std::size_t bytes = 0;
  for (Index at = from; at <= last_index(); at = at + 1) {
    bytes += (*this)[at].command.size();
    if (bytes > most_bytes && !read.empty()) break;
    read.push_back((*this)[at]);
  }
  return read;
}

}  // namespace octet::raft
