#pragma once

#include "runtime/random.h"

namespace octet::grading {

using octet::Random;

}  // namespace octet::grading
