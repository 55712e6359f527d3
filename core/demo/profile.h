// Profile: how often the records of an agency go wrong, and in which way.

#pragma once

#include "core/demo/world.h"

namespace fairlead::demo {

/// How often an agency's records go wrong in which way, per million.
struct Profile {
    int typing = 0;  ///< Of a forename, and again of a surname.
    int hearing = 0;
    int scanning = 0;
    int nickname = 0;       ///< Of those who have one.
    int otherSpelling = 0;  ///< Another transliteration, of names that have one.
    int swappedNames = 0;
    int dayMonthSwapped = 0;
    int wrongDate = 0;
    int placeholderDate = 0;  ///< 1 January 1900.
    int noDate = 0;
    int noSex = 0;
    int noMiddleName = 0;
    int keepsOldSurname = 0;  ///< Never learns of a new one.
    int knowsFormerName = 0;  ///< Keeps the earlier one beside it.
    int oldAddress = 0;       ///< Never learns of a move.
    int noAddress = 0;
    int noPostcode = 0;
    int noUprn = 0;
    int shortStreet = 0;
    int plainLetters = 0;  ///< Writes without accents.
    bool upperSurname = false;
};

/// The agency's profile. Invented; resources/docs/synthetic-city.md.
const Profile& profileOf(Agency agency);

}  // namespace fairlead::demo
