#pragma once

#include <string>

#include "graders/dsl/history/history.h"

namespace octet::grading {

/// Reads a line for each call and each return, in the order in which they happened:
///
///     {:process 9, :type :invoke, :f :append, :key "0", :value "x 9 0 y"}
///     {:process 9, :type :ok, :f :append, :key "0", :value "x 9 0 y"}
///     {:process 1, :type :invoke, :f :get, :key "9", :value nil}
///     {:process 1, :type :ok, :f :get, :key "9", :value "x 5 0 y"}
///
/// :f is get, put or append. A process is a client with one operation at a time; one that has no
/// :ok may take effect at any time, or never. Values have no quotes in them. Throws Unreadable.
History read_text_history(std::string text);

}  // namespace octet::grading
