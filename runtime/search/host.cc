#include "runtime/search/host.h"

#include <algorithm>

#include "runtime/search/words.h"

namespace octet::search {

void Host::crash() {
  status = Status::down;
  state = none;
  timers.clear();
  answers.clear();
}

void Host::set_timer(Id timer) {
  const auto place_of = std::lower_bound(timers.begin(), timers.end(), timer);
  if (place_of == timers.end() || *place_of != timer) timers.insert(place_of, timer);
}

void Host::cancel_timer(Id timer) {
  std::erase(timers, timer);
}

void Host::add_answer(Id input) {
  answers.insert(std::upper_bound(answers.begin(), answers.end(), input), input);
}

void Host::take_answer(Id input) {
  answers.erase(std::lower_bound(answers.begin(), answers.end(), input));
}

std::string Host::key() const {
  std::string key;
  append_word(key, place);
  append_word(key, static_cast<Id>(status));
  append_word(key, state);
  append_word(key, inputs_given);
  append_words(key, timers);
  append_words(key, records);
  append_words(key, outputs);
  append_words(key, answers);
  return key;
}

}  // namespace octet::search
