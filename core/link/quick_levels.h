// The levels of two rows as far as their sketches show them: whole numbers only, and hardly a branch.

#pragma once

#include <bit>
#include <cstdint>

#include "core/link/row_sketch.h"
#include "core/link/similarity.h"

namespace fairlead::link {

/// Levels of the places of a sketch, and what they leave open.
struct QuickLevels {
    static constexpr std::uint32_t kNames = 3;      ///< In `open`: forename and surname.
    static constexpr std::uint32_t kPlaces = 31;    ///< In `open`: all places.
    static constexpr std::uint32_t kCrossing = 32;  ///< In `open`: names may stand in each other's field.
    std::uint32_t levels = 0;                       ///< Four bits for each SketchPlace; of an open one anything.
    std::uint32_t open = 0;                         ///< A bit for each SketchPlace that is to be looked at; kCrossing.

    /// The level of a place.
    [[nodiscard]] std::uint32_t at(SketchPlace place) const {
        return (levels >> (4U * static_cast<unsigned>(place))) & 15U;
    }
    /// Puts another level in its place.
    void set(SketchPlace place, std::uint32_t level) {
        const unsigned shift = 4U * static_cast<unsigned>(place);
        levels = (levels & ~(15U << shift)) | (level << shift);
    }
    /// True where names can only stand in each other's field: neither fits in its own.
    [[nodiscard]] bool namesDiffer() const {
        const std::uint32_t forename = at(SketchPlace::Forename), surname = at(SketchPlace::Surname);
        return ((forename == static_cast<std::uint32_t>(ForenameLevel::Different)) | (forename == kNoLevel)) &
               ((surname == static_cast<std::uint32_t>(SurnameLevel::Different)) | (surname == kNoLevel));
    }
};

/// The level of two packed postcodes of one kind (no level "same home"). Without a branch.
inline AddressLevel postcodeLevel(std::uint64_t left, std::uint64_t right) {
    const std::uint64_t a = left & ~kFullPostcode, b = right & ~kFullPostcode;
    const bool areFull = (left & right & kFullPostcode) != 0;
    const std::uint64_t differing = a ^ b, longer = a > b ? a : b, shorter = a > b ? b : a;
    const int low = std::countr_zero(differing | (1ULL << 63U)) & ~7;  // the last character that differs
    const std::uint64_t below = (1ULL << low) - 1, rest = differing >> low;
    const std::uint64_t x = (a >> low) & 0xffffU, y = (b >> low) & 0xffffU;
    const bool isChanged = rest < 0x100U;
    const bool isSwapped = (rest < 0x10000U) & (((x >> 8U) | ((x & 0xffU) << 8U)) == y);
    const bool isDropped = ((longer & below) | ((longer >> 8U) & ~below)) == shorter;
    const auto as = [](bool holds, AddressLevel level) {
        return static_cast<unsigned>(holds) << static_cast<unsigned>(level);
    };
    return static_cast<AddressLevel>(std::countr_zero(
        as(differing == 0, AddressLevel::SamePostcode) |
        as(isChanged | isSwapped | isDropped, AddressLevel::OneCharacter) |
        as(areFull & ((differing >> 16U) == 0), AddressLevel::SameSector) |  // all but the last two characters
        as(areFull & ((differing >> 32U) == 0), AddressLevel::SameDistrict) | as(true, AddressLevel::Different)));
}

/// True unless a forename and a surname are surely two names, even across the fields.
inline bool mayCross(const NameSketch& forename, const NameSketch& surname, std::uint16_t surnameFirst) {
    return (static_cast<unsigned>(forename.word == surname.word) |
            static_cast<unsigned>(forename.word == surnameFirst) |
            static_cast<unsigned>(bothGrouped(forename, surname))) != 0;
}

/// mayCross where a name is missing or there are several: then letters may be off too.
inline bool mayCrossWithGaps(const RowSketch& a, const RowSketch& b, const LetterBounds& bounds) {
    constexpr unsigned kForename = 1, kSurname = 2;
    if (((a.several | b.several) & QuickLevels::kNames) != 0) return true;
    const bool one = (a.flags & kSurname) != 0 || (b.flags & kForename) != 0;
    const bool other = (b.flags & kSurname) != 0 || (a.flags & kForename) != 0;
    if (one && other) return false;
    const RowSketch &forename = one ? a : b, &surname = one ? b : a;
    return mayCross(forename.forename, surname.surname, surname.surnameFirst) ||
           bounds.mayBeAlike(forename.forename, surname.surname);
}

/// Compares two rows as far as the sketches go.
[[gnu::always_inline]] inline QuickLevels quickLevels(const RowSketch& a, const RowSketch& b,
                                                      const LetterBounds& bounds) {
    // Four bits for each missing place.
    static constexpr auto kMissing = [] {
        std::array<std::uint32_t, 32> spread{};
        for (unsigned bits = 0; bits < 32; ++bits) {
            for (unsigned place = 0; place < kSketchPlaces; ++place)
                spread[bits] |= ((bits >> place) & 1U) != 0 ? 15U << (4U * place) : 0U;
        }
        return spread;
    }();
    const unsigned missing = (a.flags | b.flags) & RowSketch::kMissing;
    const unsigned several = a.several | b.several;
    const bool sameForename = a.forenameId == b.forenameId, sameSurname = a.surnameId == b.surnameId;
    const unsigned exactForename = (a.flags & RowSketch::kFurther) != 0
                                       ? static_cast<unsigned>(ForenameLevel::AlsoFurther)
                                       : static_cast<unsigned>(ForenameLevel::Exact);
    const unsigned forename = sameForename ? exactForename : static_cast<unsigned>(ForenameLevel::Different);
    const unsigned surname = static_cast<unsigned>(sameSurname ? SurnameLevel::Exact : SurnameLevel::Different);
    const auto date = static_cast<unsigned>(dateLevel(a.date, b.date));
    const unsigned sex = ((a.flags ^ b.flags) & RowSketch::kMale) != 0 ? 1U : 0U;
    const auto address = static_cast<unsigned>(postcodeLevel(a.postcode, b.postcode));
    const unsigned forenameOpen =
        static_cast<unsigned>(!sameForename) & (static_cast<unsigned>(bounds.mayBeAlike(a.forename, b.forename)) |
                                                static_cast<unsigned>(bothGrouped(a.forename, b.forename)));
    const unsigned surnameOpen =
        static_cast<unsigned>(!sameSurname) & static_cast<unsigned>(bounds.mayBeAlike(a.surname, b.surname));
    const unsigned addressOpen = static_cast<unsigned>(a.postcode == 0) | static_cast<unsigned>(b.postcode == 0);
    unsigned crossing = static_cast<unsigned>(mayCross(a.forename, b.surname, b.surnameFirst)) |
                        static_cast<unsigned>(mayCross(b.forename, a.surname, a.surnameFirst));
    if (((missing | several) & QuickLevels::kNames) != 0) [[unlikely]]
        crossing = mayCrossWithGaps(a, b, bounds) ? 1U : 0U;
    QuickLevels quick;
    quick.levels = forename | (surname << 4U) | (date << 8U) | (sex << 12U) | (address << 16U) | kMissing[missing];
    quick.open = ((forenameOpen | (surnameOpen << 1U) | (addressOpen << 4U) | several) & ~missing) | (crossing << 5U);
    return quick;
}

}  // namespace fairlead::link
