// The truth of a synthetic city, as its files say it.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"

namespace fairlead::workspace {

/// A record's agency, dataset and own key.
using RecordName = std::tuple<std::string, std::string, std::string>;

/// A time during which an indicator truly holds.
struct TrueSpell {
    std::int64_t person = 0;
    std::string indicator;
    Interval days;

    friend auto operator<=>(const TrueSpell&, const TrueSpell&) = default;
};

/// Somebody's time in a family.
struct TrueFamilyMember {
    std::int64_t person = 0;
    std::string family;
    Interval days;
    bool isChild = false;
    std::int64_t connected = 0;  ///< Equal and not 0: some chain of delivered rows connects the two of one family.
};

/// Who a record is about, and the value of the column that figures are given by.
struct TrueRecord {
    std::int64_t person = 0;
    std::string group;
};

/// All of it; persons are numbered in the order in which the files name them.
struct Truth {
    std::map<RecordName, TrueRecord> records;
    std::map<std::int64_t, std::int64_t> birthMonthOf;  ///< By person: year * 12 + month - 1.
    std::vector<TrueSpell> spells;
    std::vector<TrueFamilyMember> families;  ///< Empty when there is no families.csv.
};

/// `by`: a column of persons.csv, or empty. Errors: NotFound, MissingColumn, ParseError with the line.
Result<Truth> readTruth(const std::filesystem::path& folder, const std::string& by);

}  // namespace fairlead::workspace
