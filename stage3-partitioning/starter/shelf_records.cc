#include "shelf.h"

/// What a shelf writes down, and how it tidies that up.
namespace octet::slots {}
