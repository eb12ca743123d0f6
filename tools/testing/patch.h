#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// A mutant is a mistake that a grader must notice, an alternative a correct design that it must
/// accept. Both are patches on a stage's reference/, with a head of lines that start with '#':
///
///     # Holds the length in a signed integer, so a huge one passes as a negative number.
///     # must fail: Framing.LengthIsUnsigned, Echo.HugeLengthEndsTheConnection
namespace octet::selftest {

struct PatchHead {
  std::string text;                    // what is wrong, or what is unusual
  std::vector<std::string> must_fail;  // graded tests, Suite.Name
};

/// Reads the lines before the first that does not start with '#'.
PatchHead parse_patch_head(std::string_view patch);

struct Patch {
  bool mutant = false;  // otherwise an alternative
  std::string name;     // "103_signed_length"
  PatchHead head;

  /// The program that add_variants() makes of it, as in tools/cmake/variants.cmake.
  std::string program(int stage) const;
};

/// The mutants, then the alternatives of a stage's folder, each in order of their names.
std::vector<Patch> read_patches(const std::filesystem::path& stage);

/// Those that are enough for a quick look: of mutants the first that names a test of each suite,
/// "Suite.Test", and the first alternative of each part, which is the first digit of its name.
std::vector<Patch> few_of(const std::vector<Patch>& patches);

}  // namespace octet::selftest
