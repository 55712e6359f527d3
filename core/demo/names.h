// The names, streets and postcodes that the synthetic city draws from: resources/names, read once.
// Sources and licences: resources/names/README.md.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/demo/random.h"

namespace fairlead::demo {

/// Where a family's names come from; it decides nothing else in the city.
enum class Community : std::uint8_t {
    British,
    Polish,
    Romanian,
    Somali,
    Pakistani,
    Bangladeshi,
    Indian,
    Caribbean,
    African,
    Chinese
};
inline constexpr std::size_t kCommunities = 10;
/// "british", "polish" ...
std::string_view name(Community community);

/// Recorded sex; the city knows two, sources also leave it out.
enum class Sex : std::uint8_t { Female, Male };

/// A street with the postcode units that its houses lie in.
struct Street {
    std::string name;
    std::string town;
    std::vector<std::string> postcodes;
};

/// Every list of resources/names.
class Names {
public:
    /// Reads the folder. Errors: NotFound, Io, ParseError, MissingColumn with the file's name.
    static Result<Names> read(const std::filesystem::path& folder);

    /// A forename by the frequency of the years around the birth.
    [[nodiscard]] const std::string& forename(Community community, Sex sex, int birthYear, Random& random) const;
    /// A surname by frequency.
    [[nodiscard]] const std::string& surname(Community community, Random& random) const;
    /// Another spelling or transliteration of a forename or a surname; empty when none is known.
    [[nodiscard]] std::string forenameVariant(const std::string& name, Random& random) const;
    [[nodiscard]] std::string surnameVariant(const std::string& name, Random& random) const;
    /// A short form of a forename; empty when none is known.
    [[nodiscard]] std::string nickname(const std::string& name, Random& random) const;

    /// Streets in Bristol, neighbours beside each other, and elsewhere (placements out of the area).
    [[nodiscard]] const std::vector<Street>& streets() const { return m_streets; }
    [[nodiscard]] const std::vector<Street>& streetsElsewhere() const { return m_elsewhere; }

private:
    /// Names with running totals of their counts: a draw is one binary search.
    struct Pool {
        std::vector<std::string> names;
        std::vector<std::uint32_t> totals;
        void add(std::string_view name, std::uint32_t count);
        [[nodiscard]] const std::string& draw(Random& random) const;
    };
    /// One pool for those born from a year on.
    struct Band {
        int bornFrom = 0;
        Pool pool;
    };
    using VariantGroups = std::map<std::string, std::vector<std::string>, std::less<>>;

    Status readForenames(const std::filesystem::path& path);
    Status readSurnames(const std::filesystem::path& path);
    Status readVariants(const std::filesystem::path& path);
    Status readNicknames(const std::filesystem::path& path);
    Status readStreets(const std::filesystem::path& path);
    [[nodiscard]] Status checkComplete(const std::filesystem::path& folder) const;

    std::array<std::array<std::vector<Band>, 2>, kCommunities> m_forenames;  ///< Bands by rising year.
    std::array<Pool, kCommunities> m_surnames;
    VariantGroups m_forenameVariants;
    VariantGroups m_surnameVariants;
    VariantGroups m_nicknames;
    std::vector<Street> m_streets;
    std::vector<Street> m_elsewhere;
};

/// The form of a surname that a woman or a man bears: "Kowalska" for "Kowalski".
std::string surnameFor(const std::string& surname, Community community, Sex sex);

}  // namespace fairlead::demo
