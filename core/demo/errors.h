// Errors: how a name or a date changes on its way into a record. Written for the demo after the kinds of
// error that sdglinkage (UCL) and Geco describe; the rules are our own.

#pragma once

#include <string>
#include <string_view>

#include "core/base/date.h"
#include "core/demo/random.h"

namespace fairlead::demo {

/// One slip on a keyboard: a letter left out, doubled, changed for its neighbour, or two swapped.
std::string typed(std::string_view text, Random& random);
/// As somebody hears it: "Philips" for "Phillips", "Shaun" for "Sean" and the like; the text when no rule fits.
std::string heard(std::string_view text, Random& random);
/// As a scanner reads it: "rn" for "m", "1" for "l"; the text when no rule fits.
std::string scanned(std::string_view text, Random& random);
/// Without the accents of Polish, Romanian and French letters.
std::string withoutAccents(std::string_view text);
/// Day and month swapped; the date itself when that is no date or no change.
Date dayMonthSwapped(Date date);
/// One figure of the date wrong.
Date datedWrong(Date date, Random& random);
/// "Ashley Rd" for "Ashley Road".
std::string streetShortened(std::string_view street);

}  // namespace fairlead::demo
