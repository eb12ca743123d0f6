#pragma once

#include "runtime/search/explorer.h"

namespace octet::grading {

/// Searches every order of events, and ends the test when something is wrong: the shortest run to
/// it goes into the failure, and into a trace. What the search saw becomes a line of the story.
///
///     const auto result = search(model, {.max_depth = 20});
///     EXPECT_TRUE(result.exhausted()) << result.summary();
///     EXPECT_TRUE(result.reached("both have been inside")) << "the test means nothing otherwise";
search::Result search(const search::Model& model, const search::Bounds& bounds = {});

}  // namespace octet::grading
